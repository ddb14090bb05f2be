package io.visionops.shell.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import io.visionops.api.geometry.Box;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the documents of this package, and reads what parts have recorded. */
public final class Json {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final int TYPES = 64;

    /** Pure ASCII: the character set of a remote console is anyone's guess. Thread-safe. */
    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    // The library's own cache outlives this bundle and would keep its classes.
                    .typeFactory(
                            TypeFactory.defaultInstance().withCache(new LRUMap<>(TYPES, TYPES)))
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .addModule(new SimpleModule().addSerializer(Instant.class, new TimeWriter()))
                    .build();

    private Json() {}

    /** One line. */
    public static String write(Object document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + document, e);
        }
    }

    /** What a part has written; nothing where it is no JSON. */
    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** ISO 8601, UTC, milliseconds. */
    public static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : TIME.format(time);
    }

    /** Rounded; null for what is not a number. */
    static @Nullable Double round(double value, int decimals) {
        return Double.isFinite(value)
                ? Double.valueOf(
                        BigDecimal.valueOf(value)
                                .setScale(decimals, RoundingMode.HALF_UP)
                                .doubleValue())
                : null;
    }

    /** {@code x1, y1, x2, y2}, relative. */
    static List<@Nullable Double> box(Box box) {
        return Arrays.asList(
                round(box.x1(), 5), round(box.y1(), 5), round(box.x2(), 5), round(box.y2(), 5));
    }

    private static final class TimeWriter extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant time, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(TIME.format(time));
        }
    }
}
