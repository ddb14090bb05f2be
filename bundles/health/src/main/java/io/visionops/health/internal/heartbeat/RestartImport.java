package io.visionops.health.internal.heartbeat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.EntryRefusedException;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the watchdog's record of restarts over into the database, each line once: an entry whose id
 * is known there is not written again, so nothing is lost or doubled by whatever ends this between
 * two lines. One line is under way at a time. For one thread at a time.
 */
final class RestartImport {

    static final String KIND = "restart";

    private static final Logger LOG = LoggerFactory.getLogger(RestartImport.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Subject PROGRAM = new Subject("program", "visionops");
    private static final Event.Type TYPE = new Event.Type(KIND);

    /** By what happened; all else is information. */
    private static final Map<String, Severity> SEVERITIES =
            Map.of(
                    "crashed", Severity.WARNING,
                    "hung", Severity.WARNING,
                    "safe-mode", Severity.CRITICAL);

    private final Path file;
    private final Path marker;
    private volatile boolean underWay;

    /** Size of the file all of whose lines are in the database. */
    private long taken = -1;

    /** How many lines are in the database. */
    private volatile long done;

    /**
     * @param file of the watchdog
     * @param marker where it is kept how far it was taken over
     */
    RestartImport(Path file, Path marker) {
        this.file = file;
        this.marker = marker;
        done = read(marker);
    }

    private static long read(Path marker) {
        try {
            return Long.parseLong(Files.readString(marker).strip());
        } catch (IOException | NumberFormatException none) {
            return 0;
        }
    }

    /** Hands the next line to the journal, unless one is under way. */
    void next(Journal journal) throws IOException {
        if (underWay) {
            return;
        }
        List<String> lines;
        long size;
        try {
            size = Files.size(file);
            if (size == taken) {
                return;
            }
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException none) {
            return;
        }
        long from = done > lines.size() ? 0 : done;
        if (from >= lines.size()) {
            taken = size;
            return;
        }
        Optional<Entry> entry = entry(lines.get((int) from));
        if (entry.isEmpty()) {
            // Torn by a power cut, or edited by hand.
            keep(from + 1);
            return;
        }
        underWay = true;
        journal.append(entry.get())
                .whenComplete(
                        (written, failure) -> {
                            if (failure == null || failure instanceof EntryRefusedException) {
                                keep(from + 1);
                            }
                            underWay = false;
                        });
    }

    private void keep(long count) {
        try {
            Files.createDirectories(marker.getParent());
            WholeFile.write(marker, Long.toString(count).getBytes(StandardCharsets.UTF_8), true);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", marker, e.getMessage());
        }
        done = count;
    }

    static Optional<Entry> entry(String line) {
        try {
            JsonNode told = JSON.readTree(line);
            if (!(told instanceof ObjectNode body)) {
                return Optional.empty();
            }
            UUID id = UUID.fromString(body.path("id").asText());
            Instant time = Instant.parse(body.path("time").asText());
            String what = body.path("what").asText();
            body.remove(List.of("id", "time"));
            String reason = body.path("reason").asText();
            return Optional.of(
                    Entry.of(
                            Event.of(
                                    id,
                                    TYPE,
                                    PROGRAM,
                                    SEVERITIES.getOrDefault(what, Severity.INFO),
                                    time,
                                    reason.isEmpty() ? what : what + ": " + reason),
                            new JournalRecord(
                                    KIND,
                                    PROGRAM,
                                    time,
                                    new Actor("process", "watchdog"),
                                    body.toString())));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException torn) {
            return Optional.empty();
        }
    }
}
