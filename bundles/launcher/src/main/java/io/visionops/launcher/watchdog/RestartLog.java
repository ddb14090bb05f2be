package io.visionops.launcher.watchdog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The watchdog's own record, a JSON object a line: appended and synced, so that it tells after a
 * power cut why the computer's last life ended. Not thread-safe.
 */
public final class RestartLog {

    private static final JsonFactory JSON = new JsonFactory();

    /** Beyond it, only the newest entries are read. */
    private static final int MOST_BYTES = 1 << 20;

    private final Path file;

    public RestartLog(Path file) {
        this.file = file;
    }

    /**
     * Appends an entry.
     *
     * @throws IOException when it is not on the disk, such as when that is full
     */
    public Restart append(Restart.What what, String reason, int status, Duration ran)
            throws IOException {
        Restart entry = Restart.now(what, reason, status, ran);
        // A line that a power cut tore is closed by the line feed before this one.
        byte[] line =
                ((endsInOrder() ? "" : "\n") + json(entry) + "\n").getBytes(StandardCharsets.UTF_8);
        Files.createDirectories(file.getParent());
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return entry;
    }

    private boolean endsInOrder() throws IOException {
        if (Files.notExists(file) || Files.size(file) == 0) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) == '\n';
        }
    }

    /** The newest entries, oldest first; lines that are none are passed over. */
    public List<Restart> entries() {
        List<Restart> entries = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = Math.max(0, channel.size() - MOST_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
                continue;
            }
            new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> parse(line).ifPresent(entries::add));
        } catch (IOException absent) {
            return entries;
        }
        return entries;
    }

    /**
     * Crashes of the last hour that nobody has answered by stopping it since. One of a release that
     * was gone back from says nothing about the program that runs now.
     */
    public static int crashes(List<Restart> entries, Boot now) {
        int crashes = 0;
        for (Restart entry : entries) {
            if (entry.what() == Restart.What.STOPPED) {
                crashes = 0;
            } else if (entry.what() == Restart.What.GONE_BACK) {
                crashes = Math.max(0, crashes - 1);
            } else if (entry.what().isCrash() && now.within(RestartPolicy.WINDOW, entry.boot())) {
                crashes++;
            }
        }
        return crashes;
    }

    /** Why it ended the last time that it crashed. */
    public static Optional<String> lastCrash(List<Restart> entries) {
        return entries.stream()
                .filter(entry -> entry.what().isCrash())
                .reduce((older, newer) -> newer)
                .map(Restart::reason);
    }

    private static String json(Restart entry) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("id", entry.id().toString());
            json.writeStringField("time", entry.time().toString());
            json.writeStringField("boot", entry.boot().id());
            json.writeNumberField("uptimeMs", entry.boot().uptime().toMillis());
            json.writeStringField("what", entry.what().word());
            json.writeStringField("reason", entry.reason());
            json.writeNumberField("status", entry.status());
            json.writeNumberField("ranMs", entry.ran().toMillis());
            json.writeEndObject();
        }
        return text.toString();
    }

    private static Optional<Restart> parse(String line) {
        try (JsonParser json = JSON.createParser(line)) {
            Map<String, String> fields = new HashMap<>();
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.put(name, json.getText());
            }
            return Optional.of(restart(fields));
        } catch (IOException | RuntimeException torn) {
            // By a power cut, or by hand.
            return Optional.empty();
        }
    }

    private static Restart restart(Map<String, String> fields) {
        String word = fields.getOrDefault("what", "");
        for (Restart.What what : Restart.What.values()) {
            if (what.word().equals(word)) {
                return new Restart(
                        UUID.fromString(fields.getOrDefault("id", "")),
                        Instant.parse(fields.getOrDefault("time", "")),
                        new Boot(
                                fields.getOrDefault("boot", ""),
                                Duration.ofMillis(number(fields, "uptimeMs"))),
                        what,
                        fields.getOrDefault("reason", ""),
                        (int) number(fields, "status"),
                        Duration.ofMillis(number(fields, "ranMs")));
            }
        }
        throw new IllegalArgumentException("no such entry: " + word);
    }

    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(fields.getOrDefault(name, ""));
    }
}
