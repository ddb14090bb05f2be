package io.visionops.inference.internal.onnx;

import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.frame.Frame;
import io.visionops.api.model.ModelException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Tries a model out the way a camera would use it. */
public final class OnnxProbe {

    private static final int CALLS = 10;
    private static final long SLOWEST_SECONDS = 5;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    private OnnxProbe() {}

    /**
     * Has a model look at a synthetic picture a few times.
     *
     * @return the median time of a call in whole microseconds, preparing and reading included
     * @throws ModelException when it fails or takes too long to be of use
     */
    public static Duration latency(OnnxModel model) throws ModelException {
        DetectionSettings everything =
                new DetectionSettings(
                        1,
                        WIDTH,
                        model.name(),
                        Set.copyOf(model.labels()),
                        0,
                        List.of(),
                        List.of(),
                        List.of());
        Frame frame = picture();
        long[] nanos = new long[CALLS];
        try (OnnxDetectorSession session = new OnnxDetectorSession(model, everything, 1)) {
            for (int call = -1; call < CALLS; call++) {
                long start = System.nanoTime();
                session.detect(frame);
                long took = System.nanoTime() - start;
                if (took > TimeUnit.SECONDS.toNanos(SLOWEST_SECONDS)) {
                    throw new ModelException(
                            "it takes "
                                    + TimeUnit.NANOSECONDS.toSeconds(took)
                                    + " s for a picture on this machine, allowed are "
                                    + SLOWEST_SECONDS);
                }
                // The first call makes memory and is not typical.
                if (call >= 0) {
                    nanos[call] = took;
                }
            }
        } catch (DetectorException e) {
            throw new ModelException(String.valueOf(e.getMessage()), e);
        }
        Arrays.sort(nanos);
        return Duration.ofNanos((nanos[CALLS / 2 - 1] + nanos[CALLS / 2]) / 2)
                .truncatedTo(ChronoUnit.MICROS);
    }

    /** Bright and dark bars, a colour ramp. */
    private static Frame picture() {
        int luma = WIDTH * HEIGHT;
        ByteBuffer planes = ByteBuffer.allocateDirect(luma * 3 / 2);
        for (int i = 0; i < luma; i++) {
            planes.put((byte) (40 + 150 * (i % WIDTH / 64 % 2) + i / WIDTH / 16));
        }
        for (int i = 0; i < luma / 2; i++) {
            planes.put((byte) (96 + i % 64));
        }
        planes.flip();
        return new Still(planes);
    }

    private record Still(ByteBuffer i420) implements Frame {

        @Override
        public String camera() {
            return "probe";
        }

        @Override
        public long sequence() {
            return 1;
        }

        @Override
        public Instant capturedAt() {
            return Instant.EPOCH;
        }

        @Override
        public long completedNanos() {
            return 0;
        }

        @Override
        public int width() {
            return WIDTH;
        }

        @Override
        public int height() {
            return HEIGHT;
        }
    }
}
