package io.visionops.shell.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.api.health.HealthResult;
import io.visionops.api.query.RecordPage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check said in the last rounds, or, without one, how checks have changed; newest first.
 *
 * @param check null for all
 * @param results of the check in the last rounds; empty without one
 * @param changes that were recorded
 */
public record HealthHistoryDocument(
        @Nullable String check, List<ResultRow> results, List<ChangeRow> changes) {

    /** One round. */
    public record ResultRow(Instant time, String status, String cause, long tookMs) {

        public static ResultRow of(HealthResult result) {
            return new ResultRow(
                    result.time(),
                    result.status().name(),
                    result.cause(),
                    result.took().toMillis());
        }
    }

    /**
     * A check that has got another status.
     *
     * @param before null where it was new
     */
    public record ChangeRow(
            String check,
            Instant time,
            @Nullable String status,
            @Nullable String before,
            @Nullable String cause,
            @Nullable String remedy) {

        public static ChangeRow of(RecordPage.Stored stored) {
            JsonNode change = Json.read(stored.entry().body());
            return new ChangeRow(
                    stored.entry().subject().name(),
                    stored.entry().time(),
                    text(change, "status"),
                    text(change, "before"),
                    text(change, "cause"),
                    text(change, "remedy"));
        }

        /** Another version may have written other fields. */
        private static @Nullable String text(JsonNode change, String field) {
            return change.path(field).isTextual() ? change.path(field).asText() : null;
        }
    }
}
