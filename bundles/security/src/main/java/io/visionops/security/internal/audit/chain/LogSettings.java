package io.visionops.security.internal.audit.chain;

import java.time.Duration;

/**
 * How a log is written.
 *
 * @param epochLines lines of an epoch at most, without its seal
 * @param epochTime an epoch lasts at most, by the monotonic clock
 * @param segmentBytes a file is followed by another one when an epoch ends beyond this size
 * @param synced each line is on the disk when it is acknowledged
 */
public record LogSettings(int epochLines, Duration epochTime, long segmentBytes, boolean synced) {

    public static final LogSettings DEFAULT =
            new LogSettings(256, Duration.ofMinutes(1), 1 << 20, true);
}
