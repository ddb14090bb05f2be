package io.visionops.backup.internal.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.log.LogLevel;
import io.visionops.api.log.LogLine;
import io.visionops.api.log.LogQuery;
import io.visionops.support.json.HandoverJson;
import io.visionops.support.log.SecretMask;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads lines of the event log, and says which ones were asked for. Thread-safe. */
final class LineFilter {

    private static final String OURS = "io.visionops.";

    private static final ObjectMapper JSON = HandoverJson.mapper();

    private final LogQuery query;
    private final Optional<Pattern> camera;
    private final Optional<String> text;

    LineFilter(LogQuery query) {
        this.query = query;
        this.camera =
                query.camera()
                        .map(
                                name ->
                                        Pattern.compile(
                                                "\\bcamera "
                                                        + Pattern.quote(name)
                                                        + "(?![A-Za-z0-9_-])"));
        this.text = query.text().map(words -> words.toLowerCase(Locale.ROOT));
    }

    /** What was written; empty for what is no line of the log, such as one that a crash has cut. */
    static Optional<LogLine> read(String line) {
        JsonNode fields;
        try {
            fields = JSON.readTree(line);
            Optional<LogLevel> level = LogLevel.of(text(fields, "level"));
            return level.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new LogLine(
                                    Instant.parse(text(fields, "time")),
                                    level.get(),
                                    part(text(fields, "bundle")),
                                    named(fields, "camera"),
                                    named(fields, "correlation"),
                                    text(fields, "logger"),
                                    masked(fields, "thread"),
                                    masked(fields, "message"),
                                    masked(fields, "exception")));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode fields, String name) {
        return fields.path(name).asText("");
    }

    private static Optional<String> named(JsonNode fields, String name) {
        return Optional.of(text(fields, name)).filter(value -> !value.isEmpty());
    }

    /** It was masked when it was written; by an earlier version perhaps less. */
    private static String masked(JsonNode fields, String name) {
        return SecretMask.mask(text(fields, name));
    }

    private static String part(String bundle) {
        return bundle.startsWith(OURS) ? bundle.substring(OURS.length()) : bundle;
    }

    boolean matches(LogLine line) {
        return line.level().compareTo(query.level()) >= 0
                && query.part().map(line.part()::equals).orElse(true)
                && query.from().map(from -> !line.time().isBefore(from)).orElse(true)
                && query.to().map(line.time()::isBefore).orElse(true)
                && isOfCamera(line)
                && hasText(line);
    }

    private boolean isOfCamera(LogLine line) {
        return camera.isEmpty()
                || line.camera().equals(query.camera())
                || camera.get().matcher(line.message()).find();
    }

    private boolean hasText(LogLine line) {
        return text.isEmpty()
                || contains(line.message())
                || contains(line.logger())
                || contains(line.correlation().orElse(""))
                || contains(line.camera().orElse(""))
                || contains(line.exception());
    }

    private boolean contains(String words) {
        return words.toLowerCase(Locale.ROOT).contains(text.orElse(""));
    }
}
