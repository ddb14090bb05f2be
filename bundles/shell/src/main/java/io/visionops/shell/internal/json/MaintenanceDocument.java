package io.visionops.shell.internal.json;

import io.visionops.api.database.MaintenanceResult;
import java.time.Instant;

/**
 * What a maintenance of the database has done.
 *
 * @param full whether the file was written anew
 * @param bytesBefore of the file and its log
 * @param longestHoldMillis for which the writer was held at a time
 * @param remark what was not done, and why
 */
public record MaintenanceDocument(
        boolean full,
        Instant begun,
        long millis,
        long bytesBefore,
        long bytesAfter,
        long longestHoldMillis,
        String remark) {

    public static MaintenanceDocument of(MaintenanceResult result) {
        return new MaintenanceDocument(
                result.full(),
                result.begun(),
                result.took().toMillis(),
                result.bytesBefore(),
                result.bytesAfter(),
                result.longestHold().toMillis(),
                result.remark());
    }
}
