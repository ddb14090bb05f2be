package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Fault;
import java.time.Instant;
import java.util.Optional;

/** Accounts for the time in which frames came. */
public final class WatchedAccount implements Account {

    private final WatchedTime watched;

    public WatchedAccount(FeedPlan plan, Chronicle chronicle) {
        watched = new WatchedTime(plan.camera(), plan.fps(), chronicle::fact);
    }

    @Override
    public void frame(Instant at, long nanos) {
        watched.frame(at);
    }

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
