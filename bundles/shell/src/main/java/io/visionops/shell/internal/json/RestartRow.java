package io.visionops.shell.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.journal.JournalRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One start or end of the program, as its watchdog has seen it.
 *
 * @param what {@code started}, {@code crashed}, {@code hung}, {@code planned}, {@code stopped},
 *     {@code safe-mode} or {@code adopted}
 * @param status of the exit; null when it is not known or there was none
 * @param ranMs how long it had run when it ended
 */
public record RestartRow(
        Instant time, String what, String reason, @Nullable Integer status, long ranMs) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static RestartRow of(JournalRecord record) {
        JsonNode body = read(record.body());
        int status = body.path("status").asInt(-1);
        return new RestartRow(
                record.time(),
                body.path("what").asText(),
                body.path("reason").asText(),
                status < 0 ? null : status,
                body.path("ranMs").asLong());
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database keeps JSON alone", e);
        }
    }

    /** It ended by itself, or was ended since it made no progress. */
    public boolean isCrash() {
        return what.equals("crashed") || what.equals("hung");
    }

    /** Ended by somebody's wish, for good. */
    public boolean isStop() {
        return what.equals("stopped");
    }
}
