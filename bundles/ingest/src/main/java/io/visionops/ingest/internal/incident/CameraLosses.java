package io.visionops.ingest.internal.incident;

import io.visionops.api.camera.Cause;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Where the cameras are, and which of them are lost. Not thread-safe: part of {@link
 * IncidentCorrelator}.
 */
final class CameraLosses {

    private static final NetworkLocation NOWHERE = new NetworkLocation("", false, Optional.empty());

    private Map<String, NetworkLocation> cameras = Map.of();

    /** By camera, so that the same story always ends alike. */
    private final Map<String, CameraLoss> lost = new TreeMap<>();

    /** The enabled cameras of the network. */
    void use(Map<String, NetworkLocation> now) {
        cameras = Map.copyOf(now);
    }

    Map<String, NetworkLocation> cameras() {
        return cameras;
    }

    NetworkLocation location(CameraLoss loss) {
        return cameras.getOrDefault(loss.camera(), NOWHERE);
    }

    /** One that somebody else knew of. */
    void add(CameraLoss loss) {
        lost.put(loss.camera(), loss);
    }

    void forget(Predicate<String> gone) {
        lost.keySet().removeIf(gone);
    }

    /** A camera is lost, or another try has failed; see {@link CameraLoss#failed}. */
    void lost(String camera, Cause cause, boolean own, long now) {
        if (cameras.containsKey(camera)) {
            lost.computeIfAbsent(camera, name -> new CameraLoss(name, now, cause))
                    .failed(cause, own, now);
        }
    }

    /** A camera gives frames. */
    void back(String camera) {
        CameraLoss loss = lost.get(camera);
        if (loss == null) {
            return;
        }
        if (loss.isJudged()) {
            lost.remove(camera);
        } else {
            // Not judged yet: all may have been lost for a moment.
            loss.ended();
        }
    }

    /** It is part of an incident. */
    void join(CameraLoss loss, OpenIncident incident) {
        loss.join(incident);
        forgetEnded(loss);
    }

    /** It is part of none. */
    void standAlone(CameraLoss loss) {
        loss.standAlone();
        forgetEnded(loss);
    }

    /** One that was only to be judged. */
    private void forgetEnded(CameraLoss loss) {
        if (loss.isBack()) {
            lost.remove(loss.camera());
        }
    }

    /** Ordered by camera. */
    Collection<CameraLoss> all() {
        return List.copyOf(lost.values());
    }

    Optional<CameraLoss> of(String camera) {
        return Optional.ofNullable(lost.get(camera));
    }

    /** The members of an incident that are lost, ordered by camera. */
    List<CameraLoss> of(OpenIncident incident) {
        return lost.values().stream().filter(loss -> loss.incident() == incident).toList();
    }

    /** Those that are not judged yet, in the order in which they were lost. */
    List<CameraLoss> fresh() {
        if (lost.isEmpty()) {
            return List.of();
        }
        return lost.values().stream()
                .filter(loss -> !loss.isJudged())
                .sorted(Comparator.comparingLong(CameraLoss::since))
                .toList();
    }

    /** No camera is left that could still be lost. */
    boolean isEveryCamera() {
        return lost.size() == cameras.size();
    }
}
