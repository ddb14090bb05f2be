package io.visionops.inference.internal.model;

import io.visionops.api.model.ModelInfo;
import io.visionops.support.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * What is known of an installed model; kept beside it as {@code NAME.properties}.
 *
 * @param licence SPDX identifier, or {@code unknown}
 * @param source where it was fetched from; empty for a file of the user's own
 * @param sha256 of the model file, hexadecimal, lower case
 * @param latency median of the probe
 * @param quality as in {@link io.visionops.api.detect.Detector#quality()}; may be edited
 * @param tiles parts that a frame is cut into; 0: as configured for all
 */
record ModelRecord(
        String name,
        String family,
        String licence,
        Optional<String> source,
        String sha256,
        int width,
        int height,
        Duration latency,
        int quality,
        int tiles) {

    ModelInfo info() {
        return new ModelInfo(
                name,
                family,
                licence,
                source,
                Optional.of(sha256),
                width,
                height,
                true,
                Optional.of(latency));
    }

    /**
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it is not what {@link #write} wrote
     */
    static ModelRecord read(String name, Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return new ModelRecord(
                name,
                value(properties, "family"),
                value(properties, "licence"),
                Optional.ofNullable(properties.getProperty("source")),
                value(properties, "sha256"),
                number(properties, "width"),
                number(properties, "height"),
                Duration.ofNanos(1000L * number(properties, "latency.us")),
                number(properties, "quality"),
                properties.containsKey("tiles") ? number(properties, "tiles") : 0);
    }

    private static String value(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("it has no " + key);
        }
        return value.strip();
    }

    private static int number(Properties properties, String key) {
        String value = value(properties, key);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is no number: " + value, e);
        }
    }

    /** Writes it so that after a power cut there is the old one or the new one. */
    void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("family", family);
        properties.setProperty("licence", licence);
        source.ifPresent(address -> properties.setProperty("source", address));
        properties.setProperty("sha256", sha256);
        properties.setProperty("width", Integer.toString(width));
        properties.setProperty("height", Integer.toString(height));
        properties.setProperty("latency.us", Long.toString(latency.toNanos() / 1000));
        properties.setProperty("quality", Integer.toString(quality));
        if (tiles > 0) {
            properties.setProperty("tiles", Integer.toString(tiles));
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        properties.store(text, "VisionOps model " + name);
        WholeFile.write(file, text.toByteArray(), true);
    }
}
