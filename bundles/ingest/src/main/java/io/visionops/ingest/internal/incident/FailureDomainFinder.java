package io.visionops.ingest.internal.incident;

import io.visionops.api.camera.Cause;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells what lost cameras have in common that explains it: at least two, and more than half of the
 * cameras that share it, were lost within {@link #WINDOW}. Changes nothing. Not thread-safe: part
 * of {@link IncidentCorrelator}.
 */
record FailureDomainFinder(CameraLosses losses) {

    static final Duration WINDOW = Duration.ofSeconds(10);

    /** What they may have in common, from narrow to wide. */
    List<FailureDomain> candidates(List<CameraLoss> lost) {
        Set<FailureDomain> domains = new LinkedHashSet<>();
        if (common(lost).equals(Optional.of(Cause.NAME_RESOLUTION))) {
            domains.add(FailureDomain.NAMES);
        }
        lost.forEach(loss -> domains.add(FailureDomain.host(losses.location(loss).host())));
        lost.forEach(
                loss ->
                        losses.location(loss)
                                .subnet()
                                .map(FailureDomain::subnet)
                                .ifPresent(domains::add));
        domains.add(FailureDomain.ALL);
        return List.copyOf(domains);
    }

    /** The narrowest that explains all of them. */
    Optional<FailureDomain> ofAll(List<CameraLoss> lost) {
        return candidates(lost).stream()
                .filter(domain -> in(domain, lost).size() == lost.size())
                .filter(domain -> explains(domain, lost))
                .findFirst();
    }

    /** Whether a loss seems to be one of those that are not judged yet. */
    boolean isShared(CameraLoss loss) {
        return candidates(List.of(loss)).stream()
                .anyMatch(domain -> explains(domain, in(domain, losses.fresh())));
    }

    List<CameraLoss> in(FailureDomain domain, List<CameraLoss> lost) {
        return lost.stream().filter(loss -> losses.location(loss).isIn(domain)).toList();
    }

    /**
     * @param lost all in the domain
     */
    boolean explains(FailureDomain domain, List<CameraLoss> lost) {
        long first = lost.stream().mapToLong(CameraLoss::since).min().orElse(0);
        long last = lost.stream().mapToLong(CameraLoss::since).max().orElse(0);
        return lost.size() >= 2
                && last - first <= WINDOW.toNanos()
                && lost.size() * 2 > size(domain, lost);
    }

    /** Cameras of the domain that were well before these were lost. */
    int size(FailureDomain domain, List<CameraLoss> lost) {
        return (int)
                losses.cameras().entrySet().stream()
                        .filter(camera -> camera.getValue().isIn(domain))
                        .map(Map.Entry::getKey)
                        .filter(camera -> !wasLostBefore(camera, lost))
                        .count();
    }

    private boolean wasLostBefore(String camera, List<CameraLoss> lost) {
        return losses.of(camera)
                .filter(loss -> !lost.contains(loss) && loss.isJudged())
                .isPresent();
    }

    /** The cause of all, if it is the same. */
    static Optional<Cause> common(List<CameraLoss> lost) {
        Set<Cause> causes = lost.stream().map(CameraLoss::cause).collect(Collectors.toSet());
        return causes.size() == 1 ? causes.stream().findFirst() : Optional.empty();
    }
}
