package io.visionops.updater.internal.source;

import java.time.Duration;

/**
 * How long and how fast.
 *
 * @param connect for the connection and the begin of an answer
 * @param read for the next bytes
 * @param metadata for the whole of a metadata file
 * @param file for the whole of a file, the largest too
 * @param leastRate bytes a second, over each {@code window}; what comes more slowly is given up
 * @param window over which the rate is measured
 * @param mostRate bytes a second that are asked for, so that cameras keep their network; 0 for all
 */
public record HttpLimits(
        Duration connect,
        Duration read,
        Duration metadata,
        Duration file,
        long leastRate,
        Duration window,
        long mostRate) {

    public static final HttpLimits DEFAULT =
            new HttpLimits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(60),
                    Duration.ofHours(6),
                    1024,
                    Duration.ofSeconds(30),
                    0);

    public HttpLimits {
        if (leastRate < 0 || mostRate < 0 || (mostRate > 0 && mostRate < 2 * leastRate)) {
            throw new IllegalArgumentException(
                    "the highest rate is to be at least twice the lowest, " + leastRate);
        }
    }

    /** The same with another highest rate. */
    public HttpLimits atMost(long bytesPerSecond) {
        return new HttpLimits(connect, read, metadata, file, leastRate, window, bytesPerSecond);
    }
}
