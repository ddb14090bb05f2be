package io.visionops.inference.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.DetectorSession;
import io.visionops.api.frame.Frame;
import io.visionops.api.geometry.Box;
import io.visionops.inference.internal.image.InputSize;
import io.visionops.inference.internal.image.OpenCv;
import io.visionops.inference.internal.track.ReferenceVideo;
import io.visionops.inference.internal.track.SharedData;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class InputSizesTest {

    private static final int SIZE = 128;
    private static final int CELLS = TinyOnnx.cells(SIZE, SIZE);
    private static final int AS_MANY_AS_THERE_ARE = -1;

    private static OrtEnvironment environment;

    @TempDir Path folder;

    @BeforeAll
    static void start() throws IOException {
        OpenCv.load();
        environment =
                OnnxRuntime.start(Path.of(System.getProperty("org.bytedeco.javacpp.cachedir")));
    }

    @ParameterizedTest
    @CsvSource({
        "640,360,128,96",
        "640,480,128,128",
        "640,400,128,96",
        "1920,480,128,64",
        "480,480,128,128",
        "360,640,96,128",
        "8,2000,32,128"
    })
    void anInputHoldsThePictureAndLittleMore(int width, int height, int across, int down)
            throws Exception {
        try (InputSizes sizes = load(TinyOnnx.seeing(SIZE, SIZE, AS_MANY_AS_THERE_ARE))) {
            assertThat(sizes.holding(width, height).size()).isEqualTo(new InputSize(across, down));
            assertThat(sizes.own().size()).isEqualTo(new InputSize(SIZE, SIZE));
        }
    }

    @Test
    void aModelWithItsSizeBakedInStaysAsItIs() throws Exception {
        try (InputSizes sizes = load(TinyOnnx.seeing(SIZE, SIZE, CELLS))) {
            assertThat(sizes.holding(640, 360)).isSameAs(sizes.own());
        }
    }

    @Test
    void aModelThatAnswersTheSameToEverySizeStaysAsItIs() throws Exception {
        TinyOnnx model =
                new TinyOnnx()
                        .input("picture", 1, 3, SIZE, SIZE)
                        .output("o", new float[CELLS * 85], 1, CELLS, 85);

        try (InputSizes sizes = load(model)) {
            assertThat(sizes.holding(640, 360)).isSameAs(sizes.own());
        }
    }

    @Test
    void aModelThatGetsItsPicturesStretchedStaysAsItIs() throws Exception {
        TinyOnnx model =
                new TinyOnnx()
                        .input("picture", 1, 3, SIZE, SIZE)
                        .output("o", new float[85 * 64], 1, 85, 8, 8);

        try (InputSizes sizes = load(model)) {
            assertThat(sizes.own().form().family()).isEqualTo("fastestdet");
            assertThat(sizes.holding(640, 360)).isSameAs(sizes.own());
        }
    }

    @Test
    void aModelWhoseInputIsNotSquareLosesColumnsToo() throws Exception {
        try (InputSizes sizes = load(TinyOnnx.seeing(256, 160, AS_MANY_AS_THERE_ARE))) {
            assertThat(sizes.holding(640, 360).size()).isEqualTo(new InputSize(256, 160));
            assertThat(sizes.holding(480, 480).size()).isEqualTo(new InputSize(192, 160));
        }
    }

    @Test
    void theSameBoxesComeFromEverySize() throws Exception {
        byte[] planes = FakeFrame.grey(64, 36);
        for (int row = 10; row < 30; row++) {
            Arrays.fill(planes, row * 64 + 20, row * 64 + 40, (byte) 235);
        }
        Frame frame = FakeFrame.of("c", 1, Instant.EPOCH, 64, 36, planes);
        Path file = write(TinyOnnx.seeing(SIZE, SIZE, AS_MANY_AS_THERE_ARE));
        try (OnnxModel model = OnnxModel.open("tiny", file, environment, new Semaphore(1, true));
                DetectorSession session =
                        new OnnxDetector(model, 1, 1).open(FakeCamera.settings("c"))) {
            List<Detection> wide = sure(session.detect(frame));
            List<Detection> square = sure(inSquare(session.detect(square(frame)), 36 / 64.0));

            assertThat(wide).isNotEmpty().hasSameSizeAs(square);
            assertAmong(wide, square, 0.01, 1e-6);
        }
    }

    @Test
    void yoloxFindsTheSameWithoutTheGreyBeneath() throws Exception {
        Path file = SharedData.file("models/yolox_nano.onnx");
        assumeTrue(Files.isReadable(file), () -> file + " is missing");
        assumeTrue(Files.isReadable(ReferenceVideo.FILE), "the reference video is missing");
        List<Frame> frames = someFrames();
        Semaphore turns = new Semaphore(1, true);
        try (InputSizes sizes = InputSizes.load("yolox_nano", file, environment)) {
            assertThat(sizes.holding(640, 360).size()).isEqualTo(new InputSize(416, 256));
            assertThat(sizes.holding(768, 576).size()).isEqualTo(new InputSize(416, 352));
        }
        try (OnnxModel model = OnnxModel.open("yolox_nano", file, environment, turns);
                DetectorSession session =
                        new OnnxDetector(model, 1, 1).open(FakeCamera.settings("c"))) {
            for (Frame frame : frames) {
                List<Detection> wide = session.detect(frame);
                List<Detection> square = inSquare(session.detect(square(frame)), 0.75);

                assertThat(sure(wide)).hasSizeGreaterThan(2);
                assertAmong(sure(wide), square, 0.1, 0.01);
                assertAmong(sure(square), wide, 0.1, 0.01);
            }
        }
    }

    private static List<Detection> sure(List<Detection> found) {
        return found.stream().filter(one -> one.score() > 0.5).toList();
    }

    private static List<Frame> someFrames() throws Exception {
        List<Frame> frames = new ArrayList<>();
        ReferenceVideo.play(
                frame -> {
                    if (frame.sequence() % 50 == 0) {
                        frames.add(frame);
                    }
                });
        return frames;
    }

    /** The same frame with grey beneath it, as a letterbox has it. */
    private static Frame square(Frame frame) {
        int side = frame.width();
        byte[] planes = FakeFrame.grey(side, side);
        // As bright as the filling, which is 114 of 255, in the range of video.
        Arrays.fill(planes, 0, side * side, (byte) 114);
        ByteBuffer source = frame.i420();
        int luma = side * frame.height();
        source.get(0, planes, 0, luma);
        source.get(luma, planes, side * side, luma / 4);
        source.get(luma * 5 / 4, planes, side * side * 5 / 4, luma / 4);
        return FakeFrame.of(frame.camera(), 2, frame.capturedAt(), side, side, planes);
    }

    /** What was found in the upper part of a square, relative to that part. */
    private static List<Detection> inSquare(List<Detection> found, double share) {
        List<Detection> inside = new ArrayList<>();
        for (Detection one : found) {
            Box box = one.box();
            if (box.y2() <= share + 0.02) {
                inside.add(
                        new Detection(
                                one.label(),
                                one.score(),
                                new Box(box.x1(), box.y1() / share, box.x2(), box.y2() / share)));
            }
        }
        return inside;
    }

    private static void assertAmong(
            List<Detection> some, List<Detection> others, double score, double distance) {
        for (Detection one : some) {
            assertThat(others)
                    .anySatisfy(
                            other -> {
                                assertThat(other.label()).isEqualTo(one.label());
                                assertThat(other.score()).isCloseTo(one.score(), within(score));
                                assertClose(one.box(), other.box(), distance);
                            });
        }
    }

    private static void assertClose(Box one, Box other, double distance) {
        assertThat(one.x1()).isCloseTo(other.x1(), within(distance));
        assertThat(one.y1()).isCloseTo(other.y1(), within(distance));
        assertThat(one.x2()).isCloseTo(other.x2(), within(distance));
        assertThat(one.y2()).isCloseTo(other.y2(), within(distance));
    }

    private InputSizes load(TinyOnnx model) throws Exception {
        return InputSizes.load("tiny", write(model), environment);
    }

    private Path write(TinyOnnx model) {
        return model.write(folder.resolve("tiny.onnx"));
    }
}
