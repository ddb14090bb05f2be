package io.visionops.inference.internal.model;

import io.visionops.api.model.ModelInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * The models that can be installed by name: every one with licence, source and hash.
 *
 * @param entries ordered by name
 */
record Catalogue(List<Entry> entries) {

    /**
     * A known model.
     *
     * @param sha256 of the file, hexadecimal, lower case
     * @param quality as in {@link io.visionops.api.detect.Detector#quality()}
     * @param tiles parts that a picture is cut into; 0: as configured for all models
     */
    record Entry(
            String name,
            String family,
            String licence,
            URI source,
            String sha256,
            int width,
            int height,
            int quality,
            int tiles) {

        /** What is told of it while it is not installed. */
        ModelInfo info() {
            return new ModelInfo(
                    name,
                    family,
                    licence,
                    Optional.of(source.toString()),
                    Optional.of(sha256),
                    width,
                    height,
                    false,
                    Optional.empty());
        }
    }

    Catalogue {
        entries = List.copyOf(entries);
    }

    /** The one that comes with this bundle. */
    static Catalogue bundled() {
        Properties properties = new Properties();
        try (InputStream in = Catalogue.class.getResourceAsStream("catalogue.properties")) {
            if (in == null) {
                throw new IllegalStateException("the bundle has no catalogue of models");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String key : properties.stringPropertyNames()) {
            names.add(key.substring(0, key.lastIndexOf('.')));
        }
        List<Entry> entries = new ArrayList<>();
        for (String name : names) {
            entries.add(
                    new Entry(
                            name,
                            value(properties, name, "family"),
                            value(properties, name, "licence"),
                            URI.create(value(properties, name, "source")),
                            value(properties, name, "sha256"),
                            Integer.parseInt(value(properties, name, "width")),
                            Integer.parseInt(value(properties, name, "height")),
                            Integer.parseInt(value(properties, name, "quality")),
                            Integer.parseInt(properties.getProperty(name + ".tiles", "0"))));
        }
        return new Catalogue(entries);
    }

    private static String value(Properties properties, String name, String key) {
        String value = properties.getProperty(name + "." + key);
        if (value == null) {
            throw new IllegalStateException("catalogue: " + name + " has no " + key);
        }
        return value.strip();
    }

    /** By name, upper and lower case alike. */
    Optional<Entry> named(String name) {
        return entries.stream().filter(entry -> entry.name().equalsIgnoreCase(name)).findFirst();
    }

    Optional<Entry> withHash(String sha256) {
        return entries.stream().filter(entry -> entry.sha256().equals(sha256)).findFirst();
    }
}
