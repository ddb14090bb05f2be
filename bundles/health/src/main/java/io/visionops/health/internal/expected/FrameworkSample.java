package io.visionops.health.internal.expected;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is installed at one moment, and what should be.
 *
 * @param versions of our bundles as the installed features name them, by symbolic name; empty when
 *     no feature of ours is known
 * @param missing locations of bundles that a feature has and nobody has installed
 */
public record FrameworkSample(
        List<BundleView> bundles, Map<String, String> versions, List<String> missing) {

    public FrameworkSample {
        bundles = List.copyOf(bundles);
        versions = Map.copyOf(versions);
        missing = List.copyOf(missing);
    }

    /** Whether each component comes up. */
    boolean isWithoutFaults() {
        for (BundleView bundle : bundles) {
            if (!bundle.faults().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Of several versions the one that is active. */
    Optional<BundleView> bundle(String name) {
        List<BundleView> named =
                bundles.stream().filter(bundle -> bundle.name().equals(name)).toList();
        return named.stream()
                .filter(BundleView::isActive)
                .findFirst()
                .or(() -> named.stream().findFirst());
    }
}
