package io.visionops.inference.internal.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.model.ModelException;
import io.visionops.inference.internal.image.InputForm;
import io.visionops.inference.internal.image.InputSize;
import io.visionops.inference.internal.image.Letterbox.Placing;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each head recognises its own family, by made-up outputs for an input of 128 by 96. */
class ModelFamilyDetectorTest {

    private static final int WIDTH = 128;
    private static final int HEIGHT = 96;

    /** Of the strides 8, 16 and 32. */
    private static final int CELLS = 16 * 12 + 8 * 6 + 4 * 3;

    /** With the stride 64, half a cell of which counts as one. */
    private static final int FOUR_GRIDS = CELLS + 2 * 2;

    static Stream<Arguments> families() {
        return Stream.of(
                Arguments.of(
                        new YoloxHead(WIDTH, HEIGHT, 80, false), "yolox", shapes(1, CELLS, 85)),
                Arguments.of(new YoloV5Head(3 * CELLS, 80), "yolov5", shapes(1, 3 * CELLS, 85)),
                Arguments.of(new YoloV8Head(CELLS, 80), "yolov8", shapes(1, 84, CELLS)),
                Arguments.of(
                        new FastestDetHead(WIDTH, HEIGHT, 8, 6, 80),
                        "fastestdet",
                        shapes(1, 85, 6, 8)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void aHeadRecognisesItsFamily(Head head, String family, List<TensorShape> shapes)
            throws ModelException {
        ModelForm form = ModelFamilyDetector.recognise(output(shapes, Map.of()));

        assertThat(form.family()).isEqualTo(family);
        assertThat(form.head()).isEqualTo(head);
        assertThat(form.width()).isEqualTo(WIDTH);
        assertThat(form.height()).isEqualTo(HEIGHT);
        assertThat(form.labels()).isEqualTo(CocoLabels.NAMES);
    }

    @Test
    void yoloxWhoseCentresReachAcrossThePictureIsDecodedAlready() throws ModelException {
        ModelOutput output = output(shapes(1, CELLS, 85), Map.of());
        output.values().get(0).put(85 * 100, 0.6f * WIDTH);

        assertThat(ModelFamilyDetector.recognise(output).head())
                .isEqualTo(new YoloxHead(WIDTH, HEIGHT, 80, true));
    }

    @Test
    void nanoDetHasThreeGridsInATensorAndItsPlusFour() throws ModelException {
        ModelForm nano = ModelFamilyDetector.recognise(output(shapes(1, CELLS, 80 + 32), Map.of()));
        ModelForm plus =
                ModelFamilyDetector.recognise(output(shapes(1, FOUR_GRIDS, 80 + 32), Map.of()));

        assertThat(nano.family()).isEqualTo("nanodet");
        assertThat(head(nano).centred()).isTrue();
        assertThat(nano.input().placing()).isEqualTo(Placing.CENTRE);
        assertThat(plus.family()).isEqualTo("nanodet");
        assertThat(head(plus).centred()).isFalse();
        assertThat(plus.input().placing()).isEqualTo(Placing.STRETCHED);
        assertThat(head(plus).levels())
                .containsExactly(
                        new GridLevel(8, 0, 0, 0, 112, 112, 80),
                        new GridLevel(16, 0, 0, 192, 112, 112, 80),
                        new GridLevel(32, 0, 0, 240, 112, 112, 80),
                        new GridLevel(64, 0, 0, 252, 112, 112, 80));
    }

    @Test
    void picoDetHasFourGridsOfTwoTensorsWhateverTheirOrder() throws ModelException {
        List<TensorShape> sidesFirst = new ArrayList<>(pairs(4, 32));
        sidesFirst.addAll(pairs(4, 80));

        ModelForm form = ModelFamilyDetector.recognise(output(sidesFirst, Map.of()));

        assertThat(form.family()).isEqualTo("picodet");
        assertThat(form.input().placing()).isEqualTo(Placing.STRETCHED);
        assertThat(head(form).centred()).isTrue();
        assertThat(head(form).levels()).contains(new GridLevel(16, 5, 1, 0, 80, 32, 0));
    }

    @Test
    void whereClassesAreAsManyAsSideValuesScoresComeFirst() throws ModelException {
        List<TensorShape> shapes = new ArrayList<>(pairs(3, 32));
        shapes.addAll(pairs(3, 32));

        ModelForm form = ModelFamilyDetector.recognise(output(shapes, named(32)));

        assertThat(form.family()).isEqualTo("nanodet");
        assertThat(head(form).levels()).first().isEqualTo(new GridLevel(8, 0, 3, 0, 32, 32, 0));
    }

    @Test
    void scoresBeyondOneAreNotYetProbabilities() throws ModelException {
        ModelOutput output = output(shapes(1, CELLS, 80 + 32), Map.of());
        output.values().get(0).put(112 * 7 + 3, -4);

        assertThat(head(ModelFamilyDetector.recognise(output)).logits()).isTrue();
    }

    @Test
    void aShapeOfTwoFamiliesIsOfTheOneWhoseClassesHaveNames() throws ModelException {
        List<TensorShape> shapes = shapes(1, CELLS, 37);

        assertThat(ModelFamilyDetector.recognise(output(shapes, named(32))).family())
                .isEqualTo("yolox");
        assertThat(ModelFamilyDetector.recognise(output(shapes, named(5))).family())
                .isEqualTo("nanodet");
    }

    @Test
    void classesThatNobodyNamesAreRefused() {
        assertThatThrownBy(
                        () ->
                                ModelFamilyDetector.recognise(
                                        output(shapes(1, 84 - 79, CELLS), Map.of())))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "it has 1 class and does not name them; wanted is a note 'names' in its"
                                + " metadata, as Ultralytics' exporter writes it");
    }

    @Test
    void whatNoHeadRecognisesIsRefusedWithTheFamiliesThatAreKnown() {
        assertThatThrownBy(() -> ModelFamilyDetector.recognise(output(shapes(1, 7, 7), Map.of())))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "its outputs [1x7x7] are those of no known family (YOLOX, YOLOv5, YOLOv8,"
                                + " YOLO11, NanoDet, PicoDet, FastestDet)");
        assertThatThrownBy(
                        () -> ModelFamilyDetector.recognise(output(shapes(2, CELLS, 85), Map.of())))
                .isInstanceOf(ModelException.class);
    }

    @Test
    void outputsOfAnotherTypeThanFloatAreRefused() {
        TensorShape whole = new TensorShape("o", new long[] {1, CELLS, 85}, false);

        assertThatThrownBy(() -> ModelFamilyDetector.recognise(output(List.of(whole), Map.of())))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no known family");
    }

    @Test
    void eachFamilyGetsItsPicturesAsItWasTrained() throws ModelException {
        assertThat(ModelFamilyDetector.recognise(output(shapes(1, CELLS, 85), Map.of())).input())
                .isEqualTo(InputForm.LEVELS);
        assertThat(ModelFamilyDetector.recognise(output(shapes(1, 84, CELLS), Map.of())).input())
                .isEqualTo(InputForm.UNIT_RED_FIRST);
        assertThat(ModelFamilyDetector.recognise(output(shapes(1, 85, 6, 8), Map.of())).input())
                .isEqualTo(InputForm.UNIT_STRETCHED);
    }

    private static DistanceHead head(ModelForm form) {
        return (DistanceHead) form.head();
    }

    private static List<TensorShape> shapes(long... dimensions) {
        return List.of(new TensorShape("o", dimensions, true));
    }

    /** A tensor a grid, so wide. */
    private static List<TensorShape> pairs(int grids, int width) {
        return IntStream.range(0, grids)
                .mapToLong(
                        grid ->
                                (long) GridLevel.cells(WIDTH, 8 << grid)
                                        * GridLevel.cells(HEIGHT, 8 << grid))
                .mapToObj(cells -> new TensorShape("o", new long[] {1, cells, width}, true))
                .toList();
    }

    private static Map<String, String> named(int classes) {
        return Map.of(
                "names",
                IntStream.range(0, classes)
                        .mapToObj(i -> i + ": 'thing " + i + "'")
                        .toList()
                        .toString());
    }

    private static ModelOutput output(List<TensorShape> shapes, Map<String, String> notes) {
        List<FloatBuffer> values =
                shapes.stream()
                        .map(shape -> Arrays.stream(shape.dimensions()).reduce(1, (a, b) -> a * b))
                        .map(count -> FloatBuffer.allocate(Math.toIntExact(count)))
                        .toList();
        return new ModelOutput(new InputSize(WIDTH, HEIGHT), shapes, values, notes);
    }
}
