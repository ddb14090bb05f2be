package io.visionops.inference.internal.motion;

import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.detect.DetectorSession;
import io.visionops.api.frame.Frame;
import io.visionops.api.geometry.Box;
import io.visionops.inference.internal.image.FramePicture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The motion detector at work for one camera. While nothing moves and nothing is there, a coarse
 * gate alone looks at the frames, and the background model sees one a second to follow the light.
 */
final class MotionSession implements DetectorSession {

    private static final Logger LOG = LoggerFactory.getLogger(MotionSession.class);

    /** What it calls everything. */
    static final String LABEL = "moving";

    /** Of the document of what is learned. */
    private static final int VERSION = 1;

    private static final Duration GATE_HOLD = Duration.ofSeconds(2);
    private static final long KEEP_ALIVE_MILLIS = 1000;

    /** Pictures at least this wide are analysed at half their size: noise averages out. */
    private static final int HALVE_FROM = 480;

    private static final double LONGEST_STEP_SECONDS = 2;

    private final FramePicture picture;
    private final MotionGate gate;
    private final double usualStep;
    private Foreground foreground = new Foreground(2, 2);
    private BlobFinder finder = new BlobFinder(2, 2);
    private int width;
    private int height;
    private boolean quiet;
    private long lastLookMillis;

    /** What an earlier session has learned, until the first frame says whether it fits. */
    private byte @Nullable [] resumed;

    MotionSession(DetectionSettings analysis) {
        picture = new FramePicture(analysis.masks());
        gate = new MotionGate(analysis.masks(), GATE_HOLD);
        usualStep = 1.0 / analysis.fps();
    }

    @Override
    public List<Detection> detect(Frame frame) throws DetectorException {
        try {
            return find(frame);
        } catch (RuntimeException e) {
            throw new DetectorException(
                    "motion detector failed on frame " + frame.sequence() + ": " + e.getMessage(),
                    e);
        }
    }

    private List<Detection> find(Frame frame) {
        if (picture.load(frame)) {
            start();
        }
        long now = frame.capturedAt().toEpochMilli();
        long sinceLook = now - lastLookMillis;
        boolean moving = gate.moving(picture, now);
        boolean still = !moving && quiet;
        if (still && sinceLook >= 0 && sinceLook < KEEP_ALIVE_MILLIS) {
            return List.of();
        }
        lastLookMillis = now;
        // Files and clocks may jump; what cannot be an interval is taken as the usual one.
        double elapsed = sinceLook / 1000.0;
        if (elapsed <= 0 || elapsed > LONGEST_STEP_SECONDS) {
            elapsed = usualStep;
        }
        byte[] pixels =
                still
                        ? foreground.lookAndLearn(picture, elapsed)
                        : foreground.look(picture, elapsed);
        List<Blob> blobs = finder.find(pixels);
        foreground.learn(blobs);
        quiet = blobs.isEmpty();
        List<Detection> detections = new ArrayList<>(blobs.size());
        for (Blob blob : blobs) {
            detections.add(
                    new Detection(
                            LABEL,
                            blob.score(),
                            new Box(
                                    blob.x1() / width,
                                    blob.y1() / height,
                                    blob.x2() / width,
                                    blob.y2() / height)));
        }
        return detections;
    }

    private void start() {
        int divisor = picture.width() >= HALVE_FROM ? 2 : 1;
        width = picture.width() / divisor;
        height = picture.height() / divisor;
        foreground.close();
        foreground = new Foreground(width, height);
        finder = new BlobFinder(width, height);
        quiet = false;
        byte[] earlier = resumed;
        resumed = null;
        if (earlier != null && !goOnFrom(earlier)) {
            foreground.close();
            foreground = new Foreground(width, height);
            finder = new BlobFinder(width, height);
        }
    }

    private boolean goOnFrom(byte[] earlier) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(earlier))) {
            if (in.readInt() != VERSION || in.readInt() != width || in.readInt() != height) {
                return false;
            }
            foreground.read(in);
            finder.size().read(in);
            return true;
        } catch (IOException e) {
            LOG.warn("what the motion detector has learned cannot be read: {}", e.toString());
            return false;
        }
    }

    @Override
    public Optional<byte[]> learned() {
        if (resumed != null) {
            // No frame has come since.
            return Optional.of(resumed);
        }
        if (!foreground.isCertain()) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeInt(width);
            out.writeInt(height);
            foreground.write(out);
            finder.size().write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(bytes.toByteArray());
    }

    @Override
    public void resume(byte[] learned) {
        resumed = learned;
    }

    @Override
    public void close() {
        foreground.close();
        gate.close();
        picture.close();
    }
}
