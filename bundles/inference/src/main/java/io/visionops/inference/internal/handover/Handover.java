package io.visionops.inference.internal.handover;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.visionops.inference.internal.detector.DetectorState;
import io.visionops.support.WholeFile;
import io.visionops.support.journal.Unwritten;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this part leaves for its next start, in files of its own: it needs nobody else to be there,
 * while the store may be swapped at the same moment. Written at each stop, read once. Not
 * thread-safe.
 */
public final class Handover {

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
     */
    public record Contents(Map<String, CameraMemory> memories, Map<String, DetectorState> learned) {

        static final Contents NONE = new Contents(Map.of(), Map.of());

        public Contents {
            memories = Map.copyOf(memories);
            learned = Map.copyOf(learned);
        }
    }

    /**
     * @param learned the names of the detectors whose documents lie beside this one
     * @param journal what an earlier version left here and not in a file of its own
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
    public Handover(@Nullable Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Writes it; what cannot be written is lost, and said. */
    public void leave(Contents contents) {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Map<String, String> learned = new HashMap<>();
            for (Map.Entry<String, DetectorState> one : contents.learned().entrySet()) {
                WholeFile.write(learnedOf(folder, one.getKey()), one.getValue().document(), false);
                learned.put(one.getKey(), one.getValue().detector());
            }
            Map<String, String> memories = new HashMap<>();
            for (Map.Entry<String, CameraMemory> one : contents.memories().entrySet()) {
                memories.put(one.getKey(), documents.write(one.getValue()));
            }
            Document document =
                    new Document(VERSION, clock.instant().toString(), memories, learned, List.of());
            // The document comes last and at once: files that it does not name do not count. After
            // a power cut it is too old, so a swap need not wait for the disk.
            WholeFile.write(
                    file(folder),
                    documents.write(document).getBytes(StandardCharsets.UTF_8),
                    false);
        } catch (IOException e) {
            LOG.error(
                    "what is to go on after the next start cannot be written to {}: {}",
                    folder,
                    e.toString());
        }
    }

    /**
     * Reads it and removes it; empty when there is none.
     *
     * @param keep gets entries that an earlier version has left in it, before they are removed
     */
    public Contents take(Consumer<List<Unwritten>> keep) {
        if (folder == null) {
            return Contents.NONE;
        }
        try {
            String text = Files.readString(file(folder));
            try {
                Document document = documents.read(text, Document.class);
                Contents contents = read(folder, document);
                if (!document.journal().isEmpty()) {
                    keep.accept(document.journal());
                }
                Files.delete(file(folder));
                return contents;
            } catch (JsonProcessingException | RuntimeException e) {
                Path kept = folder.resolve("handover.unreadable");
                LOG.error("{} cannot be read and is kept as {}", file(folder), kept, e);
                WholeFile.setAside(file(folder), kept);
            }
        } catch (NoSuchFileException e) {
            // The first start, or one after a crash.
            return Contents.NONE;
        } catch (IOException e) {
            LOG.error("what the last run has left cannot be read: {}", e.toString());
        }
        return Contents.NONE;
    }

    private Contents read(Path from, Document document) throws IOException, DateTimeException {
        if (document.version() != VERSION) {
            throw new IllegalArgumentException(
                    "version " + document.version() + ", known is " + VERSION);
        }
        Duration age = Duration.between(Instant.parse(document.time()), clock.instant());
        boolean fresh = !age.isNegative() && age.compareTo(FRESH) <= 0;
        Map<String, CameraMemory> memories = new HashMap<>();
        for (Map.Entry<String, String> one : document.memories().entrySet()) {
            if (fresh) {
                memories.put(one.getKey(), documents.readMemory(one.getValue()).asLast());
            }
        }
        Map<String, DetectorState> learned = new HashMap<>();
        for (Map.Entry<String, String> one : document.learned().entrySet()) {
            Path file = learnedOf(from, one.getKey());
            if (fresh && Files.exists(file)) {
                learned.put(
                        one.getKey(), new DetectorState(one.getValue(), Files.readAllBytes(file)));
            }
            Files.deleteIfExists(file);
        }
        return new Contents(memories, learned);
    }

    private static Path file(Path folder) {
        return folder.resolve("handover.json");
    }

    /** Names of cameras are names of files. */
    private static Path learnedOf(Path folder, String camera) {
        return folder.resolve(camera + ".learned");
    }
}
