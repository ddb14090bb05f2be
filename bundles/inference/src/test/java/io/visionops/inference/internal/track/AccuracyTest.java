package io.visionops.inference.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.visionops.api.detect.Detection;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.detect.DetectorSession;
import io.visionops.api.frame.Frame;
import io.visionops.api.geometry.Box;
import io.visionops.inference.internal.motion.MotionDetector;
import io.visionops.inference.internal.onnx.OnnxDetector;
import io.visionops.inference.internal.onnx.OnnxModel;
import io.visionops.inference.internal.onnx.OnnxRuntime;
import io.visionops.testkit.FakeCamera;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How good the whole chain is on a video whose truth is known: decoder, detector, tracker, counter.
 * Prints the table of docs/accuracy.md. Skipped, and says so, where the video, its ground truth or
 * the model is missing.
 */
@Tag("slow")
class AccuracyTest {

    private static final Path TRUTH = SharedData.file("bench/pets-s2l1-frames-1-397.gt.txt");

    private static final int SHAKEN_RUNS = 10;

    private Truth truth;

    @BeforeEach
    void read() throws IOException {
        need(ReferenceVideo.FILE, "install the Debian package opencv-doc");
        need(TRUTH, "set VISIONOPS_SHARED to the folder that has it");
        truth = Truth.read(TRUTH, ReferenceVideo.WIDTH, ReferenceVideo.HEIGHT);
    }

    private static void need(Path file, String remedy) {
        boolean there = Files.isReadable(file);
        if (!there) {
            System.out.println(
                    "ACCURACY IS NOT TESTED: " + file.normalize() + " is missing, " + remedy);
        }
        assumeTrue(there, () -> file + " is missing: " + remedy);
    }

    @Test
    void yoloxNanoIsTrackedAndCountedWell() throws Exception {
        Map<Integer, List<Detection>> found = findWithModel("yolox_nano", 1);

        Evaluation ten = evaluate(found, "person", 1);
        Evaluation five = evaluate(found, "person", 2);

        print("YOLOX-nano", ten, five);
        assertThat(ten.clear().mota()).isGreaterThanOrEqualTo(0.80);
        assertThat(ten.identity().idf1()).isGreaterThanOrEqualTo(0.75);
        assertThat(ten.countError()).isLessThanOrEqualTo(0.03);
        assertThat(five.clear().mota()).isGreaterThanOrEqualTo(0.78);
        assertThat(five.countError()).isLessThanOrEqualTo(0.03);
        printShaken(found);
        printWorstOfOtherTunings(found);
    }

    @Test
    void fastestDetIsMeasured() throws Exception {
        for (int tiles = 1; tiles <= 2; tiles++) {
            Map<Integer, List<Detection>> found = findWithModel("FastestDet", tiles);

            print(
                    tiles == 1 ? "FastestDet" : "FastestDet, two tiles",
                    evaluate(found, "person", 1),
                    evaluate(found, "person", 2));
        }
    }

    @Test
    void motionAloneIsTrackedFairly() throws Exception {
        Evaluation ten = evaluate(find(new MotionDetector(), 10), MotionDetector.LABEL, 1);
        Evaluation five = evaluate(find(new MotionDetector(), 5), MotionDetector.LABEL, 2);

        print("motion", ten, five);
        assertThat(ten.clear().mota()).isGreaterThanOrEqualTo(0.50);
    }

    private Map<Integer, List<Detection>> findWithModel(String name, int tiles) throws Exception {
        Path file = SharedData.file("models/" + name + ".onnx");
        need(file, "set VISIONOPS_SHARED to the folder that has it");
        Path natives = Path.of(System.getProperty("org.bytedeco.javacpp.cachedir"));
        try (OnnxModel model =
                OnnxModel.open(name, file, OnnxRuntime.start(natives), new Semaphore(1, true))) {
            return find(new OnnxDetector(model, 1, tiles), 10);
        }
    }

    /** Every frame of the video, or at five frames a second every second one, as a camera. */
    private static Map<Integer, List<Detection>> find(Detector detector, int fps) throws Exception {
        Map<Integer, List<Detection>> found = new HashMap<>();
        int step = 10 / fps;
        try (DetectorSession session = detector.open(FakeCamera.settings("vtest"))) {
            ReferenceVideo.play(
                    frame -> {
                        int number = (int) frame.sequence();
                        if ((number - 1) % step == 0) {
                            found.put(number, detect(session, frame));
                        }
                    });
        }
        return found;
    }

    private static List<Detection> detect(DetectorSession session, Frame frame) {
        try {
            return session.detect(frame);
        } catch (DetectorException e) {
            throw new AssertionError(e);
        }
    }

    private Evaluation evaluate(Map<Integer, List<Detection>> found, String label, int step) {
        return Evaluation.of(found, label, step, truth, Tuning.DEFAULT);
    }

    private static void print(String detector, Evaluation ten, Evaluation five) {
        System.out.println(Evaluation.header());
        System.out.println(ten.row(detector, 10));
        System.out.println(five.row(detector, 5));
    }

    /** One video is little evidence: the same with boxes that sway and detections that lack. */
    private void printShaken(Map<Integer, List<Detection>> found) {
        double mota = 0;
        double idf1 = 0;
        double countError = 0;
        for (int seed = 1; seed <= SHAKEN_RUNS; seed++) {
            Evaluation shaken = evaluate(shake(found, new Random(seed)), "person", 1);
            mota += shaken.clear().mota() / SHAKEN_RUNS;
            idf1 += shaken.identity().idf1() / SHAKEN_RUNS;
            countError += shaken.countError() / SHAKEN_RUNS;
        }
        System.out.printf(
                "mean of %d runs with boxes shaken by 2 %% of their height and 4 %% of the detections"
                        + " lost: MOTA %.3f, IDF1 %.3f, count errors %.1f %%%n",
                SHAKEN_RUNS, mota, idf1, 100 * countError);
    }

    private static Map<Integer, List<Detection>> shake(
            Map<Integer, List<Detection>> found, Random random) {
        Map<Integer, List<Detection>> shaken = new HashMap<>();
        for (int frame = 1; frame <= ReferenceVideo.FRAMES; frame++) {
            List<Detection> left = new ArrayList<>();
            for (Detection detection : found.getOrDefault(frame, List.of())) {
                if (random.nextDouble() >= 0.04) {
                    left.add(shake(detection, random));
                }
            }
            shaken.put(frame, left);
        }
        return shaken;
    }

    private static Detection shake(Detection detection, Random random) {
        Box box = detection.box();
        double sway = 0.02 * box.height();
        double x = random.nextGaussian() * sway / ReferenceVideo.ASPECT;
        double y = random.nextGaussian() * sway;
        return new Detection(
                detection.label(),
                detection.score(),
                new Box(box.x1() + x, box.y1() + y, box.x2() + x, box.y2() + y));
    }

    /** Each number of the tracker three tenths up and down: none may have been fitted. */
    private void printWorstOfOtherTunings(Map<Integer, List<Detection>> found) throws Exception {
        double mota = 1;
        double idf1 = 1;
        double countError = 0;
        for (RecordComponent number : Tuning.class.getRecordComponents()) {
            for (double factor : List.of(0.7, 1.3)) {
                Evaluation other = Evaluation.of(found, "person", 1, truth, tuning(number, factor));
                mota = Math.min(mota, other.clear().mota());
                idf1 = Math.min(idf1, other.identity().idf1());
                countError = Math.max(countError, other.countError());
            }
        }
        System.out.printf(
                "worst with any one number of the tracker changed by 30 %%: MOTA %.3f, IDF1 %.3f,"
                        + " count errors %.1f %%%n",
                mota, idf1, 100 * countError);
    }

    private static Tuning tuning(RecordComponent changed, double factor) throws Exception {
        RecordComponent[] all = Tuning.class.getRecordComponents();
        Object[] values = new Object[all.length];
        for (int i = 0; i < all.length; i++) {
            Object value = all[i].getAccessor().invoke(Tuning.DEFAULT);
            boolean same = !all[i].getName().equals(changed.getName());
            values[i] =
                    same
                            ? value
                            : value instanceof Integer whole
                                    ? (Object) (int) Math.round(whole * factor)
                                    : (Object) ((double) value * factor);
        }
        Class<?>[] types =
                Arrays.stream(all).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<Tuning> constructor = Tuning.class.getDeclaredConstructor(types);
        return constructor.newInstance(values);
    }
}
