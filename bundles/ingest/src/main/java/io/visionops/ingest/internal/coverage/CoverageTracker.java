package io.visionops.ingest.internal.coverage;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Fault;
import io.visionops.api.child.Child;
import java.time.Instant;
import java.util.Optional;

/**
 * Is told how one camera is, so that every second of it can be accounted for. Called by one thread
 * at a time, in the order of events, under the camera's lock: must not block nor call back.
 */
public interface CoverageTracker {

    /**
     * A frame came.
     *
     * @param at wall clock; of a file read {@code asap} the file's own time
     * @param nanos monotonic, when it was complete
     */
    void frame(Instant at, long nanos);

    /** Time passes; called twice a second. */
    void tick();

    /** What decodes the camera now; called twice a second while there is something. */
    default void decoder(Child child) {}

    /**
     * The picture is wrong; if that is told next as the state of the camera, it began then.
     *
     * @param since monotonic
     */
    default void pictureWrong(long since) {}

    /**
     * Goes on where a predecessor stopped; nothing is told before.
     *
     * @param last when the camera's last frame came; meaningful while it streams
     */
    void resume(CameraState state, Optional<Fault> fault, Instant last);

    /**
     * The camera is in another state, or DEGRADED for another reason. The first call, unless it is
     * {@link #resume}, is the state at the start of this account.
     *
     * @param fault what the state comes from, if it is a fault
     * @param since wall clock
     * @param nanos monotonic, now
     */
    void state(CameraState state, Optional<Fault> fault, Instant since, long nanos);

    /** Nobody looks at the camera any more: it is removed, changed or handed to a successor. */
    void close();
}
