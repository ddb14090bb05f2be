package io.visionops.ingest.internal.coverage;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Fault;
import io.visionops.ingest.internal.config.DecoderSettings;
import java.time.Instant;
import java.util.Optional;

/**
 * Accounts for a file that is read as fast as it can be: its frames have times of their own, and
 * nobody expects it at a time of day.
 */
final class FileCoverage implements CoverageTracker {

    private final WatchedTime watched;

    FileCoverage(DecoderSettings plan, CameraJournal chronicle) {
        watched = new WatchedTime(plan.camera(), plan.fps(), chronicle::fact);
    }

    @Override
    public void frame(Instant at, long nanos) {
        watched.frame(at);
    }

    @Override
    public void tick() {}

    @Override
    public void resume(CameraState state, Optional<Fault> fault, Instant last) {}

    @Override
    public void state(CameraState state, Optional<Fault> fault, Instant since, long nanos) {
        if (state != CameraState.STREAMING && state != CameraState.DEGRADED) {
            watched.close();
        }
    }

    @Override
    public void close() {
        watched.close();
    }
}
