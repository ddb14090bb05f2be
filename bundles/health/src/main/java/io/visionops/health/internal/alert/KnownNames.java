package io.visionops.health.internal.alert;

import io.visionops.health.internal.expected.ExpectedPart;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The checks and metrics that rules may name. A part that is away has none at the moment, so they
 * are those of the release: a rule with another name would never fire.
 *
 * @param checks names
 * @param metrics by name, the labels of each
 */
record KnownNames(Set<String> checks, Map<String, List<String>> metrics) {

    private static final String METRICS = "metrics.properties";
    private static final String FRAMEWORK = "visionops.health.framework";

    static KnownNames ofThisRelease() {
        Set<String> checks = new TreeSet<>();
        checks.add(FRAMEWORK);
        for (ExpectedPart part : ExpectedPart.ofThisRelease()) {
            checks.add("visionops." + part.name() + ".bundle");
            checks.addAll(part.checks());
        }
        return new KnownNames(checks, metricsOfThisRelease());
    }

    private static Map<String, List<String>> metricsOfThisRelease() {
        Properties file = new Properties();
        try (InputStreamReader text =
                new InputStreamReader(
                        Objects.requireNonNull(KnownNames.class.getResourceAsStream(METRICS)),
                        StandardCharsets.UTF_8)) {
            file.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, List<String>> metrics = new TreeMap<>();
        for (String name : file.stringPropertyNames()) {
            String labels = file.getProperty(name);
            metrics.put(name, labels.isEmpty() ? List.of() : List.of(labels.split(",\\s*")));
        }
        return metrics;
    }
}
