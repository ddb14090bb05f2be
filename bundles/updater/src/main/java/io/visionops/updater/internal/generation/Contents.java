package io.visionops.updater.internal.generation;

import static java.util.stream.Collectors.toMap;

import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseBundle;
import java.util.Map;

/**
 * What makes up a program, wherever it lies.
 *
 * @param sums SHA-256 of each file in hexadecimal digits, by its path in the program folder
 * @param bundles version of each of our bundles, by its symbolic name
 */
public record Contents(String version, Map<String, String> sums, Map<String, String> bundles) {

    /** How the symbolic names of our bundles begin. */
    static final String OURS = "io.visionops.";

    public Contents {
        sums = Map.copyOf(sums);
        bundles = Map.copyOf(bundles);
    }

    /** What a release has. */
    public static Contents of(Release release) {
        return new Contents(
                release.version(),
                release.files().entrySet().stream()
                        .collect(toMap(Map.Entry::getKey, file -> file.getValue().sha256())),
                release.bundles().stream()
                        .filter(bundle -> bundle.name().startsWith(OURS))
                        .collect(toMap(ReleaseBundle::name, ReleaseBundle::version)));
    }
}
