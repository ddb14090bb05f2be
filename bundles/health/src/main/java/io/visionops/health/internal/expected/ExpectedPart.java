package io.visionops.health.internal.expected;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * A part that has to be there.
 *
 * @param name such as {@code store}
 * @param checks that it has to have
 */
public record ExpectedPart(String name, List<String> checks) {

    private static final String BUNDLES = "io.visionops.";
    private static final String FILE = "parts.properties";

    public ExpectedPart {
        checks = List.copyOf(checks);
    }

    /** Symbolic name of its bundle. */
    public String bundle() {
        return BUNDLES + name;
    }

    /** Those of this release, by name. */
    public static List<ExpectedPart> ofThisRelease() {
        Properties parts = new Properties();
        try (InputStreamReader file =
                new InputStreamReader(
                        Objects.requireNonNull(ExpectedPart.class.getResourceAsStream(FILE)),
                        StandardCharsets.UTF_8)) {
            parts.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parts.stringPropertyNames().stream()
                .sorted()
                .map(name -> new ExpectedPart(name, names(parts.getProperty(name))))
                .toList();
    }

    private static List<String> names(String text) {
        return Arrays.stream(text.split("[,\\s]+")).filter(name -> !name.isEmpty()).toList();
    }
}
