package io.visionops.inference.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtEnvironment;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.geometry.Box;
import io.visionops.api.geometry.Polygon;
import io.visionops.api.model.ModelException;
import io.visionops.inference.internal.head.ModelForm;
import io.visionops.inference.internal.head.YoloV8Head;
import io.visionops.inference.internal.image.FramePicture;
import io.visionops.inference.internal.image.InputForm;
import io.visionops.inference.internal.image.Letterbox;
import io.visionops.inference.internal.image.OpenCv;
import io.visionops.inference.internal.image.PicturePart;
import io.visionops.testkit.FakeFrame;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxModelTest {

    private static final int SIZE = 128;
    private static final int CELLS = 16 * 16 + 8 * 8 + 4 * 4;

    private static OrtEnvironment environment;

    @TempDir Path folder;

    private final Semaphore turns = new Semaphore(2, true);

    @BeforeAll
    static void start() throws IOException {
        environment =
                OnnxRuntime.start(Path.of(System.getProperty("org.bytedeco.javacpp.cachedir")));
    }

    private static TinyOnnx picture() {
        return new TinyOnnx().input("picture", 1, 3, SIZE, SIZE);
    }

    static Stream<Arguments> families() {
        return Stream.of(
                Arguments.of("yolox", picture().output("o", new float[CELLS * 85], 1, CELLS, 85)),
                Arguments.of(
                        "yolov5",
                        picture().output("o", new float[3 * CELLS * 85], 1, 3 * CELLS, 85)),
                Arguments.of("yolov8", picture().output("o", new float[84 * CELLS], 1, 84, CELLS)),
                Arguments.of(
                        "nanodet", picture().output("o", new float[CELLS * 112], 1, CELLS, 112)),
                Arguments.of(
                        "nanodet",
                        picture().output("o", new float[(CELLS + 4) * 112], 1, CELLS + 4, 112)),
                Arguments.of("nanodet", grids(3)),
                Arguments.of("picodet", grids(4)),
                Arguments.of("fastestdet", picture().output("o", new float[85 * 64], 1, 85, 8, 8)),
                Arguments.of(
                        "yolov8",
                        new TinyOnnx()
                                .input("images", -1, 3, -1, -1)
                                .note("imgsz", "[128, 128]")
                                .note("names", "{0: 'cat', 1: \"crate\"}")
                                .output("o", new float[6 * CELLS], 1, 6, CELLS)));
    }

    private static TinyOnnx grids(int count) {
        TinyOnnx model = picture();
        for (int i = 0; i < count; i++) {
            int cells = (SIZE / (8 << i)) * (SIZE / (8 << i));
            model.output("cls" + i, new float[cells * 80], 1, cells, 80);
        }
        for (int i = 0; i < count; i++) {
            int cells = (SIZE / (8 << i)) * (SIZE / (8 << i));
            model.output("reg" + i, new float[cells * 32], 1, cells, 32);
        }
        return model;
    }

    @ParameterizedTest
    @MethodSource("families")
    void aFamilyIsKnownByItsShapes(String family, TinyOnnx model) throws ModelException {
        try (OnnxModel opened = open(model)) {
            assertThat(opened.family()).isEqualTo(family);
            assertThat(opened.width()).isEqualTo(SIZE);
            assertThat(opened.height()).isEqualTo(SIZE);
            assertThat(OnnxProbe.latency(opened)).isPositive();
        }
    }

    @Test
    void namesOfClassesComeFromTheModel() throws ModelException {
        TinyOnnx model =
                picture()
                        .note("names", "{0: 'forklift', 1: \"worker's bike\"}")
                        .output("o", new float[6 * CELLS], 1, 6, CELLS);

        try (OnnxModel opened = open(model)) {
            assertThat(opened.labels()).containsExactly("forklift", "worker's bike");
        }
    }

    static Stream<Arguments> unusable() {
        float[] nothing = new float[85];
        float[] notNumbers = new float[CELLS * 85];
        Arrays.fill(notNumbers, Float.NaN);
        return Stream.of(
                        Arguments.of("2 inputs", picture().input("more", 1, 3, SIZE, SIZE)),
                        Arguments.of("1x10", new TinyOnnx().input("x", 1, 10)),
                        Arguments.of("1x128x128x3", new TinyOnnx().input("x", 1, SIZE, SIZE, 3)),
                        Arguments.of("8x3x128x128", new TinyOnnx().input("x", 8, 3, SIZE, SIZE)),
                        Arguments.of("1x1x128x128", new TinyOnnx().input("x", 1, 1, SIZE, SIZE)),
                        Arguments.of(
                                "another type",
                                new TinyOnnx().typedInput("x", TinyOnnx.INT64, 1, 3, SIZE, SIZE)),
                        Arguments.of("8192", new TinyOnnx().input("x", 1, 3, 8192, 8192)),
                        Arguments.of("even sizes", new TinyOnnx().input("x", 1, 3, 33, 33)),
                        Arguments.of("[1x85]", picture()),
                        Arguments.of("no numbers", picture().output("n", notNumbers, 1, CELLS, 85)),
                        Arguments.of(
                                "does not name them",
                                picture().output("three", new float[7 * CELLS], 1, 7, CELLS)),
                        Arguments.of("99", picture().opset(99)),
                        Arguments.of("Frobnicate", picture().node("Frobnicate", "picture", "y")))
                .map(
                        arguments -> {
                            TinyOnnx model = (TinyOnnx) arguments.get()[1];
                            boolean own = arguments.get()[0].toString().startsWith("no numbers");
                            boolean named =
                                    arguments.get()[0].toString().startsWith("does not name");
                            return Arguments.of(
                                    arguments.get()[0],
                                    own || named ? model : model.output("o", nothing, 1, 85));
                        });
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void anUnusableModelIsRefusedInOneLine(String word, TinyOnnx model) {
        assertThatThrownBy(() -> open(model))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(word)
                .hasMessageNotContaining("\n");
    }

    @Test
    void whatTheModelSeesIsRedFirstAndInPlace() throws Exception {
        // The echo of the input is no known family: the painter is looked at directly.
        ModelForm form =
                new ModelForm(
                        "yolov8",
                        8,
                        8,
                        InputForm.UNIT_RED_FIRST,
                        new YoloV8Head(1, 1),
                        0.5,
                        1,
                        List.of("person"));
        OpenCv.load();
        try (FloatPointer memory = new FloatPointer(3 * 64);
                FramePicture picture = new FramePicture(List.of());
                InputPainter painter = new InputPainter(form, memory)) {
            picture.load(red(16, 8));
            try (PicturePart part = PicturePart.tile(picture, 0, 1, 0, 1)) {
                Letterbox place = painter.paint(part);

                assertThat(place).isEqualTo(new Letterbox(0, 2, 8, 4));
            }
            FloatBuffer input = memory.asBuffer();
            assertThat(input.get(3 * 8 + 4)).as("red").isCloseTo(1f, within(0.02f));
            assertThat(input.get(64 + 3 * 8 + 4)).as("green").isCloseTo(0f, within(0.02f));
            assertThat(input.get(128 + 3 * 8 + 4)).as("blue").isCloseTo(0f, within(0.02f));
            assertThat(input.get(0)).as("filling").isCloseTo(114 / 255f, within(0.001f));
            assertThat(input.get(7 * 8)).as("filling").isCloseTo(114 / 255f, within(0.001f));
        }
    }

    @Test
    void boxesComeBackRelativeToTheFrame() throws Exception {
        try (OnnxModel model = open(personAt(32, 24, 16, 24));
                OnnxDetectorSession session = session(model, 1)) {
            List<Detection> found = session.detect(FakeFrame.blank("c", 1, Instant.EPOCH));

            // 32x16 becomes 128x64, in the upper half.
            assertThat(found).hasSize(1);
            Box box = found.get(0).box();
            assertThat(found.get(0).label()).isEqualTo("person");
            assertThat(box.x1()).isCloseTo(24 / 128.0, within(1e-6));
            assertThat(box.y1()).isCloseTo(12 / 64.0, within(1e-6));
            assertThat(box.x2()).isCloseTo(40 / 128.0, within(1e-6));
            assertThat(box.y2()).isCloseTo(36 / 64.0, within(1e-6));
        }
    }

    @Test
    void tilesAreLookedAtOneByOne() throws Exception {
        byte[] grey = FakeFrame.grey(64, 32);
        try (OnnxModel model = open(personAt(32, 24, 16, 24));
                OnnxDetectorSession session = session(model, 2)) {
            List<Detection> found =
                    session.detect(FakeFrame.of("c", 1, Instant.EPOCH, 64, 32, grey));

            assertThat(found).hasSize(2);
            List<Double> middles = new ArrayList<>();
            found.forEach(one -> middles.add(one.box().bottomCentre().x()));
            middles.sort(null);
            assertThat(middles.get(0)).isCloseTo(32 / 128.0 * 36 / 64, within(0.01));
            assertThat(middles.get(1)).isCloseTo(28 / 64.0 + 32 / 128.0 * 36 / 64, within(0.01));
        }
    }

    @Test
    void aClosedModelFailsAndCrashesNobody() throws Exception {
        OnnxModel model = open(personAt(32, 24, 16, 24));
        OnnxDetectorSession session = session(model, 1);
        session.detect(FakeFrame.blank("c", 1, Instant.EPOCH));

        model.close();
        model.close();

        assertThatThrownBy(() -> session.detect(FakeFrame.blank("c", 2, Instant.EPOCH)))
                .isInstanceOf(DetectorException.class)
                .hasMessageContaining("closed");
        session.close();
    }

    @Test
    void camerasMayAskWhileTheModelIsClosed() throws Exception {
        for (int round = 0; round < 10; round++) {
            OnnxModel model = open(personAt(32, 24, 16, 24));
            List<Thread> cameras = new ArrayList<>();
            List<Throwable> broken = java.util.Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 4; i++) {
                cameras.add(
                        new Thread(
                                () -> {
                                    try (OnnxDetectorSession session = session(model, 1)) {
                                        while (true) {
                                            session.detect(FakeFrame.blank("c", 1, Instant.EPOCH));
                                        }
                                    } catch (DetectorException e) {
                                        if (!e.getMessage().contains("closed")) {
                                            broken.add(e);
                                        }
                                    } catch (RuntimeException e) {
                                        broken.add(e);
                                    }
                                }));
            }
            cameras.forEach(Thread::start);
            Thread.sleep(5);
            model.close();
            for (Thread camera : cameras) {
                camera.join(10_000);
                assertThat(camera.isAlive()).isFalse();
            }
            assertThat(broken).isEmpty();
        }
        assertThat(turns.availablePermits()).isEqualTo(2);
    }

    @Test
    void whoGetsNoTurnIsToldSo() throws Exception {
        Semaphore none = new Semaphore(0, true);
        Path file = personAt(32, 24, 16, 24).write(folder.resolve("none.onnx"));
        try (OnnxModel model = OnnxModel.open("none", file, environment, none);
                OnnxDetectorSession session = session(model, 1)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> session.detect(FakeFrame.blank("c", 1, Instant.EPOCH)))
                    .isInstanceOf(DetectorException.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static FakeFrame red(int width, int height) {
        byte[] planes = FakeFrame.grey(width, height);
        int luma = width * height;
        Arrays.fill(planes, 0, luma, (byte) 81);
        Arrays.fill(planes, luma, luma * 5 / 4, (byte) 90);
        Arrays.fill(planes, luma * 5 / 4, planes.length, (byte) 240);
        return FakeFrame.of("c", 1, Instant.EPOCH, width, height, planes);
    }

    /** A YOLOX that sees a person in this box, in pixels of its input, in every picture. */
    private static TinyOnnx personAt(int x, int y, int width, int height) {
        float[] values = new float[CELLS * 85];
        int row = 18 * 85;
        values[row] = x / 8f - 2;
        values[row + 1] = y / 8f - 1;
        values[row + 2] = (float) Math.log(width / 8.0);
        values[row + 3] = (float) Math.log(height / 8.0);
        values[row + 4] = 0.9f;
        values[row + 5] = 0.9f;
        return picture().output("o", values, 1, CELLS, 85);
    }

    private OnnxModel open(TinyOnnx model) throws ModelException {
        Path file = model.write(folder.resolve("tiny.onnx"));
        return OnnxModel.open("tiny", file, environment, turns);
    }

    private static OnnxDetectorSession session(OnnxModel model, int tiles, Polygon... masks) {
        return new OnnxDetectorSession(
                model,
                new DetectionSettings(
                        5,
                        640,
                        "tiny",
                        Set.of("person"),
                        0.5,
                        List.of(),
                        List.of(),
                        List.of(masks)),
                tiles);
    }
}
