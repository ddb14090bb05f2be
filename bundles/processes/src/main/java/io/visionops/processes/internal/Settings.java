package io.visionops.processes.internal;

import io.visionops.support.DurationText;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What may be set.
 *
 * @param folder of the data; records of children are kept in {@code run/children} below it
 * @param sampleInterval between two samples of memory and CPU
 * @param maxChildren that live at the same time
 * @param maxMemory of each, as address space, in MB
 */
record Settings(Path folder, Duration sampleInterval, int maxChildren, int maxMemory) {

    static final String SAMPLE_INTERVAL = "5s";
    static final int MAX_CHILDREN = 128;

    /** A decoder of 1920x1080 has 460 MB, one of 7680x4320 700 MB, and a film may need more. */
    static final int MAX_MEMORY = 2048;

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
    private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

    /** With less no decoder starts. */
    private static final int LEAST_MEMORY = 512;

    private static final int MOST_MEMORY = 1_048_576;

    Settings {
        if (sampleInterval.compareTo(SHORTEST_INTERVAL) < 0
                || sampleInterval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException(
                    "sample.interval = "
                            + sampleInterval.toMillis()
                            + "ms: allowed is 100ms to 1h");
        }
        if (maxChildren < 1 || maxChildren > 10_000) {
            throw new IllegalArgumentException(
                    "max.children = " + maxChildren + ": allowed is 1 to 10000");
        }
        if (maxMemory < LEAST_MEMORY || maxMemory > MOST_MEMORY) {
            throw new IllegalArgumentException(
                    "max.memory.mb = "
                            + maxMemory
                            + ": allowed is "
                            + LEAST_MEMORY
                            + " to "
                            + MOST_MEMORY);
        }
    }

    static Settings defaults(Path folder) {
        return new Settings(
                folder, duration("sample.interval", SAMPLE_INTERVAL), MAX_CHILDREN, MAX_MEMORY);
    }

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException for anything else, naming the key
     */
    static Duration duration(String key, String text) {
        return DurationText.parse(text)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        key
                                                + " = "
                                                + text
                                                + ": allowed is "
                                                + DurationText.ALLOWED));
    }
}
