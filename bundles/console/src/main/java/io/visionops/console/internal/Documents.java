package io.visionops.console.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** JSON as it is shown over HTTP; the same shapes as in the shell. */
final class Documents {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final int TYPES = 64;

    private Documents() {}

    /** A mapper that keeps no class of this bundle beyond itself. Thread-safe. */
    static ObjectMapper mapper() {
        return JsonMapper.builder()
                // The library's own cache outlives this bundle and would keep its classes.
                .typeFactory(TypeFactory.defaultInstance().withCache(new LRUMap<>(TYPES, TYPES)))
                .addModule(new SimpleModule().addSerializer(Instant.class, new TimeWriter()))
                .build();
    }

    /** ISO 8601, UTC, milliseconds. */
    private static final class TimeWriter extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant time, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(TIME.format(time));
        }
    }
}
