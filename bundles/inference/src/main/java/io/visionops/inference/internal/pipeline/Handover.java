package io.visionops.inference.internal.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.visionops.api.journal.Entry;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this part leaves for its next start, in files of its own: it needs nobody else to be there,
 * while the store may be swapped at the same moment. Written at each stop, read once. Not
 * thread-safe.
 */
final class Handover {

    /** Form of the document. */
    static final int VERSION = 1;

    /** Objects have moved on, and the light has, after so long. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    private final @Nullable Path folder;
    private final Clock clock;
    private final Documents documents = new Documents();

    /**
     * All of it.
     *
     * @param memories by camera
     * @param learned by camera
     * @param journal what was not known to be written, in order for each camera
     */
    record Contents(
            Map<String, Memory> memories, Map<String, Learned> learned, List<Unwritten> journal) {

        Contents {
            memories = Map.copyOf(memories);
            learned = Map.copyOf(learned);
            journal = List.copyOf(journal);
        }
    }

    /** An entry that the journal has not acknowledged: it knows by the id whether it has it. */
    record Unwritten(String camera, Entry entry) {}

    /**
     * @param learned the names of the detectors whose documents lie beside this one
     */
    private record Document(
            int version,
            String time,
            Map<String, String> memories,
            Map<String, String> learned,
            List<Unwritten> journal) {}

    /**
     * @param folder null where there is none to write to: nothing is left then
     */
    Handover(@Nullable Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Writes it; what cannot be written is lost, and said. */
    void leave(Contents contents) {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Map<String, String> learned = new HashMap<>();
            for (Map.Entry<String, Learned> one : contents.learned().entrySet()) {
                Files.write(learnedOf(folder, one.getKey()), one.getValue().document());
                learned.put(one.getKey(), one.getValue().detector());
            }
            Map<String, String> memories = new HashMap<>();
            for (Map.Entry<String, Memory> one : contents.memories().entrySet()) {
                memories.put(one.getKey(), documents.write(one.getValue()));
            }
            Document document =
                    new Document(
                            VERSION,
                            clock.instant().toString(),
                            memories,
                            learned,
                            contents.journal());
            // The document comes last and at once: files that it does not name do not count.
            WholeFile.write(
                    file(folder),
                    documents.write(document).getBytes(StandardCharsets.UTF_8),
                    // Entries are nowhere else; a swap that leaves none need not wait for the disk.
                    !contents.journal().isEmpty());
        } catch (IOException e) {
            LOG.error(
                    "what is to go on after the next start cannot be written to {}: {};"
                            + " {} entries of the journal are lost",
                    folder,
                    e.toString(),
                    contents.journal().size());
        }
    }

    /** Reads it and removes it; empty when there is none. */
    Contents take() {
        Contents none = new Contents(Map.of(), Map.of(), List.of());
        if (folder == null) {
            return none;
        }
        try {
            String text = Files.readString(file(folder));
            try {
                Contents contents = read(folder, documents.read(text, Document.class));
                Files.delete(file(folder));
                return contents;
            } catch (JsonProcessingException | RuntimeException e) {
                Path kept = folder.resolve("handover.unreadable");
                LOG.error("{} cannot be read and is kept as {}", file(folder), kept, e);
                Files.move(file(folder), kept, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (NoSuchFileException e) {
            // The first start, or one after a crash.
            return none;
        } catch (IOException e) {
            LOG.error("what the last run has left cannot be read: {}", e.toString());
        }
        return none;
    }

    private Contents read(Path from, Document document) throws IOException, DateTimeException {
        if (document.version() != VERSION) {
            throw new IllegalArgumentException(
                    "version " + document.version() + ", known is " + VERSION);
        }
        Duration age = Duration.between(Instant.parse(document.time()), clock.instant());
        boolean fresh = !age.isNegative() && age.compareTo(FRESH) <= 0;
        Map<String, Memory> memories = new HashMap<>();
        for (Map.Entry<String, String> one : document.memories().entrySet()) {
            if (fresh) {
                memories.put(one.getKey(), documents.readMemory(one.getValue()).asLast());
            }
        }
        Map<String, Learned> learned = new HashMap<>();
        for (Map.Entry<String, String> one : document.learned().entrySet()) {
            Path file = learnedOf(from, one.getKey());
            if (fresh && Files.exists(file)) {
                learned.put(one.getKey(), new Learned(one.getValue(), Files.readAllBytes(file)));
            }
            Files.deleteIfExists(file);
        }
        return new Contents(memories, learned, document.journal());
    }

    private static Path file(Path folder) {
        return folder.resolve("handover.json");
    }

    /** Names of cameras are names of files. */
    private static Path learnedOf(Path folder, String camera) {
        return folder.resolve(camera + ".learned");
    }
}
