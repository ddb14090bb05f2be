package io.visionops.api.child;

import java.time.Duration;
import java.time.Instant;

/**
 * What a child uses.
 *
 * @param memory resident bytes, descendants included
 * @param cpu user and system time since its start
 * @param load CPU seconds per second over the last sampling interval; 1 is one core
 * @param held false while the child waits to be claimed
 */
public record ChildUsage(
        String name,
        ProcessHandle process,
        Instant started,
        long memory,
        Duration cpu,
        double load,
        boolean held) {}
