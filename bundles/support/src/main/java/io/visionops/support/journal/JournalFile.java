package io.visionops.support.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.support.WholeFile;
import io.visionops.support.handover.KeptVersions;
import io.visionops.support.json.HandoverJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries that the journal has not acknowledged, on disk between two lives of a part: {@code
 * journal.jsonl} in its folder, one entry a line. It stays until all of them are acknowledged;
 * {@link JournalBuffer} sees to that. A file of another version of the part is kept until that
 * version returns ({@link KeptVersions}). Not thread-safe.
 */
public final class JournalFile {

    /** Form of the lines; the first says it. */
    static final int VERSION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);

    private final Path file;
    private final int known;
    private final KeptVersions kept;
    private final ObjectMapper json = HandoverJson.mapper();

    private record Head(int version) {}

    /**
     * A file as far as it is understood.
     *
     * @param version that its head names; 0 when it names none
     * @param bad lines that are not understood
     */
    private record Content(int version, List<Unwritten> entries, int bad) {

        boolean isWhole() {
            return version > 0 && bad == 0;
        }
    }

    /**
     * @param folder of the part; made when it is needed
     */
    public JournalFile(Path folder) {
        this(folder, VERSION);
    }

    /** As a part of that version does. */
    JournalFile(Path folder, int version) {
        this.file = folder.resolve("journal.jsonl");
        this.known = version;
        this.kept = new KeptVersions(file, version);
    }

    /**
     * What was left, in order: what is kept for this version first, since it is older. Lines that
     * cannot be understood are kept beside, for a person, and hold up nothing.
     */
    List<Unwritten> read() {
        List<Unwritten> left = readLeft();
        List<Unwritten> returned = readKept();
        if (returned.isEmpty()) {
            return left;
        }
        // After a kill between the two steps below both files have them.
        Map<UUID, Unwritten> all = new LinkedHashMap<>();
        returned.forEach(one -> all.putIfAbsent(one.entry().id(), one));
        left.forEach(one -> all.putIfAbsent(one.entry().id(), one));
        List<Unwritten> merged = List.copyOf(all.values());
        try {
            write(merged);
            kept.forgetOwn();
            LOG.info(
                    "{} entries that were kept while another version ran are given to the journal",
                    returned.size());
        } catch (IOException e) {
            // They stay where they are, and the journal knows them by their ids next time.
            LOG.error("{} cannot be put into {}: {}", kept.own(), file, e.toString());
        }
        return merged;
    }

    private List<Unwritten> readLeft() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            Content content = understand(bytes);
            if (content.version() > 0 && content.version() != known) {
                kept.keep(content.version());
                return List.of();
            }
            if (!content.isWhole()) {
                keepForAPerson(file, bytes, content);
                write(content.entries());
            }
            return content.entries();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            LOG.error("what the last run has not written cannot be read: {}", e.toString());
            // Not to be written over by what comes now.
            setAside();
            return List.of();
        }
    }

    private List<Unwritten> readKept() {
        Path own = kept.own();
        try {
            byte[] bytes = Files.readAllBytes(own);
            Content content = understand(bytes);
            if (!content.isWhole() || content.version() != known) {
                keepForAPerson(own, bytes, content);
            }
            if (content.entries().isEmpty()) {
                kept.forgetOwn();
            }
            return content.entries();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            LOG.error("{} cannot be read: {}", own, e.toString());
            return List.of();
        }
    }

    /** Of another version only the head is. */
    private Content understand(byte[] bytes) {
        List<Unwritten> entries = new ArrayList<>();
        int version = 0;
        int bad = 0;
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            try {
                if (version == 0) {
                    version = versionOf(json.readValue(line, Head.class));
                } else {
                    entries.add(understood(json.readValue(line, Unwritten.class)));
                }
            } catch (JsonProcessingException | IllegalArgumentException e) {
                LOG.debug("not understood: {}", line, e);
                bad++;
            }
            if (version != known) {
                break;
            }
        }
        return new Content(version, entries, bad);
    }

    private static int versionOf(@Nullable Head head) {
        if (head == null || head.version() < 1) {
            throw new IllegalArgumentException("it names no version: " + head);
        }
        return head.version();
    }

    private void keepForAPerson(Path from, byte[] bytes, Content content) throws IOException {
        LOG.error(
                "{} holds lines that cannot be understood and is kept as {}; {} entries of it are"
                        + " written",
                from,
                kept.unreadable(),
                content.entries().size());
        WholeFile.write(kept.unreadable(), bytes, true);
    }

    /** JSON may leave out what a record must have. */
    @SuppressWarnings("ConstantValue")
    private static Unwritten understood(Unwritten one) {
        if (one == null
                || one.camera() == null
                || one.entry() == null
                || one.entry().id() == null
                || one.entry().event() == null) {
            throw new IllegalArgumentException("no entry");
        }
        return one;
    }

    /**
     * Puts these in the place of what it holds; without any there is no file. Synced.
     *
     * @throws IOException when it cannot be written; what it held is as it was
     */
    void write(List<Unwritten> entries) throws IOException {
        if (entries.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        lines.writeBytes(json.writeValueAsBytes(new Head(known)));
        for (Unwritten one : entries) {
            lines.write('\n');
            lines.writeBytes(json.writeValueAsBytes(one));
        }
        lines.write('\n');
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        WholeFile.write(file, lines.toByteArray(), true);
    }

    /** Likewise; a failure is logged, and what it held is as it was. */
    void tryWrite(List<Unwritten> entries) {
        try {
            write(entries);
        } catch (IOException e) {
            LOG.error(
                    "what is to be written after the next start cannot be kept in {}: {}; {} entries"
                            + " of the journal would be lost",
                    file,
                    e.toString(),
                    entries.size());
        }
    }

    private void setAside() {
        try {
            kept.setAside();
        } catch (IOException e) {
            LOG.error("{} cannot be put aside: {}", file, e.toString());
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
