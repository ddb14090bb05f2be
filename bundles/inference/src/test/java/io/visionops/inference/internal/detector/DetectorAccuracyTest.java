package io.visionops.inference.internal.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.detect.DetectorSession;
import io.visionops.api.frame.Frame;
import io.visionops.inference.internal.motion.MotionDetector;
import io.visionops.inference.internal.onnx.OnnxDetector;
import io.visionops.inference.internal.onnx.OnnxModel;
import io.visionops.inference.internal.onnx.OnnxRuntime;
import io.visionops.inference.internal.track.ReferenceVideo;
import io.visionops.inference.internal.track.SharedData;
import io.visionops.inference.internal.track.Truth;
import io.visionops.testkit.FakeCamera;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How well each detector finds the people of the reference video, frame by frame, without the
 * tracker. Prints a table row each. Skipped where the video, its truth or a model is missing.
 */
@Tag("slow")
class DetectorAccuracyTest {

    private static final Path TRUTH = SharedData.file("bench/pets-s2l1-frames-1-397.gt.txt");
    private static final double MIN_IOU = 0.5;

    @Test
    void motion() throws Exception {
        AveragePrecision.Result result = measure(new MotionDetector());

        print("motion", result);
        assertThat(result.average()).isGreaterThan(0.7);
        assertThat(result.f1()).isGreaterThan(0.8);
    }

    @Test
    void yoloxNano() throws Exception {
        AveragePrecision.Result result = measure("yolox_nano", 1);

        print("YOLOX-nano", result);
        assertThat(result.average()).isGreaterThan(0.89);
        assertThat(result.f1()).isGreaterThan(0.89);
    }

    @Test
    void fastestDet() throws Exception {
        AveragePrecision.Result result = measure("FastestDet", 1);

        print("FastestDet", result);
        assertThat(result.average()).isGreaterThan(0.66);
    }

    @Test
    void fastestDetWithTwoTiles() throws Exception {
        AveragePrecision.Result result = measure("FastestDet", 2);

        print("FastestDet, two tiles", result);
        assertThat(result.average()).isGreaterThan(0.83);
    }

    private static AveragePrecision.Result measure(String name, int tiles) throws Exception {
        Path file = need(SharedData.file("models/" + name + ".onnx"));
        Path natives = Path.of(System.getProperty("org.bytedeco.javacpp.cachedir"));
        try (OnnxModel model =
                OnnxModel.open(name, file, OnnxRuntime.start(natives), new Semaphore(1, true))) {
            return measure(new OnnxDetector(model, 1, tiles));
        }
    }

    private static AveragePrecision.Result measure(Detector detector) throws Exception {
        need(ReferenceVideo.FILE);
        Truth truth = Truth.read(need(TRUTH), ReferenceVideo.WIDTH, ReferenceVideo.HEIGHT);
        AveragePrecision precision = new AveragePrecision(MIN_IOU);
        try (DetectorSession session = detector.open(FakeCamera.settings("vtest"))) {
            ReferenceVideo.play(frame -> look(session, frame, truth, precision));
        }
        return precision.result();
    }

    private static void look(
            DetectorSession session, Frame frame, Truth truth, AveragePrecision precision) {
        try {
            precision.frame(truth.at((int) frame.sequence()), session.detect(frame));
        } catch (DetectorException e) {
            throw new AssertionError(e);
        }
    }

    private static Path need(Path file) {
        assumeTrue(Files.isReadable(file), () -> file + " is missing");
        return file;
    }

    private static void print(String detector, AveragePrecision.Result result) {
        System.out.println("| detector | AP | F1 | precision | recall | from score |");
        System.out.println(result.row(detector));
    }
}
