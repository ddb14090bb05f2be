package io.visionops.updater.internal.install;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.visionops.api.update.UpdateException;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Our features, as a program's own configuration names them.
 *
 * @param repository the document that describes them
 * @param features {@code name/version} of each
 */
record BootFeatures(URI repository, Set<String> features) {

    private static final String FILE = "etc/org.apache.karaf.features.cfg";
    private static final String OUR_REPOSITORY = "mvn:io.visionops/features/";
    private static final String OURS = "visionops-";

    BootFeatures {
        features = Set.copyOf(features);
    }

    /**
     * @throws UpdateException when the program names none
     */
    static BootFeatures of(Path home) throws UpdateException {
        Properties settings = new Properties();
        try (Reader in = Files.newBufferedReader(home.resolve(FILE))) {
            settings.load(in);
        } catch (IOException e) {
            throw new UpdateException(home + " names no features: " + e.getMessage(), e);
        }
        Set<String> features =
                words(settings, "featuresBoot")
                        .filter(word -> word.startsWith(OURS))
                        .collect(toUnmodifiableSet());
        String repository =
                words(settings, "featuresRepositories")
                        .filter(word -> word.startsWith(OUR_REPOSITORY))
                        .findFirst()
                        .orElse("");
        if (features.isEmpty() || repository.isEmpty()) {
            throw new UpdateException(home.resolve(FILE) + " names no features of VisionOps");
        }
        return new BootFeatures(URI.create(repository), features);
    }

    private static Stream<String> words(Properties settings, String key) {
        return Arrays.stream(settings.getProperty(key, "").split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty());
    }
}
