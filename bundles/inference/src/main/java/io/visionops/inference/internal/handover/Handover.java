package io.visionops.inference.internal.handover;

import io.visionops.inference.internal.detector.DetectorState;
import io.visionops.support.WholeFile;
import io.visionops.support.handover.HandoverDocument;
import io.visionops.support.journal.Unwritten;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this part leaves for its next start, in files of its own: it needs nobody else to be there,
 * while the store may be swapped at the same moment. Written at each stop, read once; a document of
 * another version of this part is kept for that one. Not thread-safe.
 */
public final class Handover {

    /** Form of the document. */
    static final int VERSION = 1;

    /** Objects have moved on, and the light has, after so long. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    private final @Nullable Path folder;
    private final int version;
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

    /** The document, understood; what detectors have learned lies beside it. */
    private record Left(
            Instant time,
            Map<String, CameraMemory> memories,
            Map<String, String> learned,
            List<Unwritten> journal) {}

    private static final class Json implements HandoverDocument.Form<Left> {

        private final Documents documents = new Documents();

        @Override
        public int version(byte[] bytes) throws IOException {
            return documents.version(bytes);
        }

        @Override
        public Left read(byte[] bytes) throws IOException {
            Document document =
                    documents.read(new String(bytes, StandardCharsets.UTF_8), Document.class);
            Map<String, CameraMemory> memories = new HashMap<>();
            for (Map.Entry<String, String> one : document.memories().entrySet()) {
                memories.put(one.getKey(), documents.readMemory(one.getValue()).asLast());
            }
            return new Left(
                    Instant.parse(document.time()),
                    memories,
                    Map.copyOf(document.learned()),
                    List.copyOf(document.journal()));
        }
    }

    /**
     * @param folder null where there is none to write to: nothing is left then
     */
    public Handover(@Nullable Path folder, Clock clock) {
        this(folder, clock, VERSION);
    }

    /** As a part of that version does. */
    Handover(@Nullable Path folder, Clock clock, int version) {
        this.folder = folder;
        this.version = version;
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
                    new Document(version, clock.instant().toString(), memories, learned, List.of());
            // The document comes last and at once: files that it does not name do not count. After
            // a power cut it is too old, so a swap need not wait for the disk.
            file(folder).write(documents.write(document).getBytes(StandardCharsets.UTF_8), false);
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
        HandoverDocument<Left> file = file(folder);
        Optional<Left> left = file.read();
        if (left.isEmpty()) {
            // The first start, or one after a crash.
            return Contents.NONE;
        }
        Contents contents = contents(folder, left.get());
        if (!left.get().journal().isEmpty()) {
            keep.accept(left.get().journal());
        }
        file.delete();
        return contents;
    }

    private HandoverDocument<Left> file(Path in) {
        return new HandoverDocument<>(in.resolve("handover.json"), version, new Json());
    }

    private Contents contents(Path from, Left left) {
        Duration age = Duration.between(left.time(), clock.instant());
        boolean fresh = !age.isNegative() && age.compareTo(FRESH) <= 0;
        Map<String, DetectorState> learned = new HashMap<>();
        try {
            for (Map.Entry<String, String> one : left.learned().entrySet()) {
                Path beside = learnedOf(from, one.getKey());
                if (fresh && Files.exists(beside)) {
                    byte[] document = Files.readAllBytes(beside);
                    learned.put(one.getKey(), new DetectorState(one.getValue(), document));
                }
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            LOG.error("what detectors have learned cannot be read: {}", e.toString());
        }
        return new Contents(fresh ? left.memories() : Map.of(), learned);
    }

    /** Names of cameras are names of files. */
    private static Path learnedOf(Path folder, String camera) {
        return folder.resolve(camera + ".learned");
    }
}
