package io.visionops.ingest.internal.incident;

import io.visionops.api.camera.Cause;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A camera that is lost, or was just now. Not thread-safe: part of {@link IncidentCorrelator}. */
final class CameraLoss {

    private final String camera;
    private long since;
    private Cause cause;
    private boolean back;
    private @Nullable OpenIncident incident;

    /** Lost for a reason of its own, as its cause says or as was found. */
    private boolean alone;

    /**
     * @param since monotonic
     */
    CameraLoss(String camera, long since, Cause cause) {
        this.camera = camera;
        this.since = since;
        this.cause = cause;
    }

    /**
     * How it was left.
     *
     * @param shift from its monotonic times to those of now
     * @param incident that it was part of
     */
    CameraLoss(Left left, long shift, @Nullable OpenIncident incident) {
        this(left.camera(), left.since() + shift, left.cause());
        this.back = left.back();
        this.alone = left.alone();
        this.incident = incident;
    }

    /**
     * What a successor must know to go on with it; the time is monotonic.
     *
     * @param fault place in the list of faults
     */
    record Left(
            String camera,
            long since,
            Cause cause,
            boolean back,
            boolean alone,
            OptionalInt fault) {}

    /**
     * @param fault place of its incident in the list of those
     */
    Left left(OptionalInt fault) {
        return new Left(camera, since, cause, back, alone, fault);
    }

    String camera() {
        return camera;
    }

    /** Monotonic. */
    long since() {
        return since;
    }

    Cause cause() {
        return cause;
    }

    @Nullable OpenIncident incident() {
        return incident;
    }

    boolean isBack() {
        return back;
    }

    /** It is known whether it has its cause in common with others. */
    boolean isJudged() {
        return incident != null || alone;
    }

    /**
     * Another try has failed.
     *
     * @param own for a reason of its own; a member of an incident stays one
     */
    void failed(Cause by, boolean own, long now) {
        cause = by;
        alone |= own && incident == null;
        if (back) {
            back = false;
            since = now;
        }
    }

    /** The camera gives frames again. */
    void ended() {
        back = true;
    }

    void join(OpenIncident what) {
        what.join(camera, since);
        incident = what;
    }

    /** It has a cause of its own, or the cause that it had in common is over. */
    void standAlone() {
        incident = null;
        alone = true;
    }
}
