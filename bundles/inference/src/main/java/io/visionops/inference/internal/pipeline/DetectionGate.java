package io.visionops.inference.internal.pipeline;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.Detector;
import io.visionops.api.frame.Frame;
import io.visionops.inference.internal.track.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which frames of one camera a gated detector need not see, and what it would find again in them.
 * Times are nanoseconds of capture time. Used by one thread.
 */
final class DetectionGate implements AutoCloseable {

    /** While objects are followed, the detector sees at least one frame in this time. */
    private static final long LONGEST_UNSEEN = 1_000_000_000L;

    private final CameraSettings camera;
    private final Function<CameraSettings, Gate> gates;

    /** Made when a detector wants it: it needs native libraries. */
    private @Nullable Gate gate;

    /** The detector has not seen a frame yet, so what stands still in the picture is not known. */
    private boolean unmet = true;

    /** What the detector would find again in a frame in which nothing moves. */
    private List<Detection> still = List.of();

    private long lastDetection;

    DetectionGate(CameraSettings camera, Function<CameraSettings, Gate> gates) {
        this.camera = camera;
        this.gates = gates;
    }

    /** Another detector is at work from now on; it sees the next frame in any case. */
    void detectorChanged() {
        unmet = true;
        still = List.of();
    }

    /**
     * Whether the frame may pass without the detector. To be asked about every frame, in order: the
     * gate learns from each.
     *
     * @param idle nothing is followed
     * @param now when the frame was captured
     */
    boolean passesUnseen(Frame frame, Detector detector, boolean idle, long now) {
        if (!detector.gated()) {
            return false;
        }
        if (gate == null) {
            gate = gates.apply(camera);
        }
        if (gate.moves(frame) || unmet) {
            return false;
        }
        return idle || now - lastDetection < LONGEST_UNSEEN;
    }

    /** What to take for found in a frame that passes unseen. */
    List<Detection> still() {
        return still;
    }

    /**
     * The detector has seen a frame.
     *
     * @param tracks what is followed in it
     * @param now when the frame was captured
     */
    void seen(Detector detector, List<Track> tracks, long now) {
        unmet = false;
        lastDetection = now;
        still = detector.gated() ? detections(tracks) : List.of();
    }

    private static List<Detection> detections(List<Track> tracks) {
        if (tracks.isEmpty()) {
            return List.of();
        }
        List<Detection> all = new ArrayList<>(tracks.size());
        for (Track track : tracks) {
            if (track.lost() == 0) {
                all.add(new Detection(track.label(), track.score(), track.box()));
            }
        }
        return all;
    }

    @Override
    public void close() {
        if (gate != null) {
            gate.close();
        }
    }
}
