package io.visionops.api.database;

import java.time.Duration;
import java.time.Instant;

/**
 * What a maintenance of the database has done.
 *
 * @param full whether the file was written anew
 * @param bytesBefore of the file and its log
 * @param bytesAfter likewise
 * @param longestHold for which the writer was held at a time
 * @param remark what was not done, and why; empty when all was
 */
public record MaintenanceResult(
        Instant begun,
        Duration took,
        boolean full,
        long bytesBefore,
        long bytesAfter,
        Duration longestHold,
        String remark) {}
