package io.visionops.health.internal.heartbeat;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.health.HealthMonitor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a heartbeat, each with how long it may stand still; zero where nothing is
 * expected. A part that hangs is given time to be restarted by itself; only then is the program.
 */
final class Progress {

    /** Of the database, which everything needs; a slow disk may stand still for ten seconds. */
    private static final Duration JOURNAL = Duration.ofSeconds(30);

    /** Of a part. */
    private static final Duration PART = Duration.ofSeconds(45);

    /** Rounds tell by themselves that they are overdue. */
    private static final Duration OVERDUE = Duration.ofSeconds(5);

    private final JournalProbe journal;

    Progress(JournalProbe journal) {
        this.journal = journal;
    }

    /** What is there of this program's parts; null for one that is being replaced. */
    record Parts(
            @Nullable Checkpoints checkpoints,
            @Nullable Cameras cameras,
            boolean analyses,
            HealthMonitor monitor) {}

    /** The line for the watchdog. */
    String line(Parts parts) {
        StringBuilder line = new StringBuilder("beat");
        if (parts.checkpoints() != null) {
            add(line, "journal", journal.answers(parts.checkpoints()), JOURNAL);
        }
        if (parts.cameras() != null) {
            addCameras(line, parts.cameras(), parts.analyses());
        }
        long round = parts.monitor().report().map(report -> report.round()).orElse(0L);
        add(line, "rounds", round, parts.monitor().isOverdue() ? OVERDUE : Duration.ZERO);
        return line.toString();
    }

    private static void addCameras(StringBuilder line, Cameras cameras, boolean analyses) {
        long frames = 0;
        long looked = 0;
        boolean expected = false;
        for (Camera camera : cameras.list()) {
            FrameCounts counts = camera.counts();
            looked += counts.analysed() + counts.gated();
            frames += counts.received() + counts.waiting();
            expected |= isExpected(camera);
        }
        add(line, "frames", frames, expected ? PART : Duration.ZERO);
        add(line, "analyses", looked, expected && analyses ? PART : Duration.ZERO);
    }

    /** Several frames a second come, by what is said of it, and nothing is known to be wrong. */
    private static boolean isExpected(Camera camera) {
        return camera.status().state() == CameraState.STREAMING
                && camera.level().compareTo(ServiceLevel.KEYFRAMES) > 0;
    }

    private static void add(StringBuilder line, String name, long value, Duration limit) {
        line.append(' ')
                .append(name)
                .append('=')
                .append(value)
                .append('/')
                .append(limit.toSeconds());
    }
}
