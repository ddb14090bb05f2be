package io.visionops.ingest.internal.state;

import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.subject.Actor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is asked for a camera: one request an actor, none for FULL. Immutable.
 *
 * @param standing lowest first; of equal ones the one that has stood longest
 */
public record LevelRequests(List<LevelRequest> standing) {

    public static final LevelRequests NONE = new LevelRequests(List.of());

    /** Whoever asked in an earlier version, which did not keep that: some person. */
    public static final Actor UNKNOWN = Actor.user("unknown");

    public LevelRequests {
        standing = List.copyOf(standing);
    }

    /**
     * A request takes the place of the one before of the same actor, and that of a person also the
     * one of nobody knows whom: it could not be withdrawn otherwise.
     */
    public LevelRequests with(LevelRequest request) {
        List<LevelRequest> next = new ArrayList<>(standing);
        boolean person = request.by().kind().equals(Actor.USER);
        next.removeIf(one -> one.by().equals(request.by()) || person && one.by().equals(UNKNOWN));
        if (!request.level().equals(ServiceLevel.FULL)) {
            next.add(request);
        }
        next.sort(Comparator.comparing(LevelRequest::level));
        return new LevelRequests(next);
    }

    /** The one that holds; empty when nobody asks for less than everything. */
    public Optional<LevelRequest> lowest() {
        return standing.isEmpty() ? Optional.empty() : Optional.of(standing.get(0));
    }

    /** Asked for each frame, so nothing is made for it. */
    public ServiceLevel level() {
        return standing.isEmpty() ? ServiceLevel.FULL : standing.get(0).level();
    }

    /** What a decoder is started with; that models are left out is no matter of decoding. */
    public ServiceLevel decoding() {
        ServiceLevel level = level();
        return level.kind() == ServiceLevel.Kind.MOTION_ONLY ? ServiceLevel.KEYFRAMES : level;
    }

    public boolean isPaused() {
        return level().kind() == ServiceLevel.Kind.PAUSED;
    }
}
