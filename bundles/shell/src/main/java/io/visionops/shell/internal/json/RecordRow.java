package io.visionops.shell.internal.json;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.visionops.api.query.RecordPage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact of an open kind.
 *
 * @param body a JSON object, as its part wrote it
 * @param event id of the event that it was written with
 */
public record RecordRow(
        String kind,
        String subject,
        Instant time,
        String actor,
        @JsonRawValue String body,
        @Nullable String event) {

    public static RecordRow of(RecordPage.Stored stored) {
        return new RecordRow(
                stored.entry().kind(),
                stored.entry().subject().toString(),
                stored.entry().time(),
                stored.entry().actor().toString(),
                stored.entry().body(),
                stored.event().map(Object::toString).orElse(null));
    }
}
