package io.visionops.support.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.support.WholeFile;
import io.visionops.support.json.HandoverJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries that the journal has not acknowledged, on disk between two lives of a part: {@code
 * journal.jsonl} in its folder, one entry a line. It stays until all of them are acknowledged;
 * {@link JournalBuffer} sees to that. Not thread-safe.
 */
public final class JournalFile {

    /** Form of the lines; the first says it. */
    static final int VERSION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);

    private final Path file;
    private final ObjectMapper json = HandoverJson.mapper();

    private record Head(int version) {}

    /**
     * @param folder of the part; made when it is needed
     */
    public JournalFile(Path folder) {
        this.file = folder.resolve("journal.jsonl");
    }

    /**
     * What was left, in order. Lines that cannot be understood are kept beside, for a person, and
     * hold up nothing.
     */
    List<Unwritten> read() {
        try {
            return read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            LOG.error("what the last run has not written cannot be read: {}", e.toString());
            // Not to be written over by what comes now.
            setAside();
            return List.of();
        }
    }

    private List<Unwritten> read(byte[] bytes) throws IOException {
        List<Unwritten> entries = new ArrayList<>();
        int bad = 0;
        boolean head = true;
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            try {
                if (head) {
                    requireKnown(json.readValue(line, Head.class));
                } else {
                    entries.add(understood(json.readValue(line, Unwritten.class)));
                }
            } catch (JsonProcessingException | IllegalArgumentException e) {
                LOG.debug("not understood: {}", line, e);
                bad++;
                if (head) {
                    break;
                }
            }
            head = false;
        }
        if (bad > 0 || head) {
            Path kept = aside();
            LOG.error(
                    "{} holds lines that cannot be understood and is kept as {}; {} entries of it"
                            + " are written",
                    file,
                    kept,
                    entries.size());
            WholeFile.write(kept, bytes, true);
            write(entries);
        }
        return entries;
    }

    private static void requireKnown(@Nullable Head head) {
        if (head == null || head.version() != VERSION) {
            throw new IllegalArgumentException("its form is " + head + ", known is " + VERSION);
        }
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
        lines.writeBytes(json.writeValueAsBytes(new Head(VERSION)));
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
            WholeFile.setAside(file, aside());
        } catch (IOException e) {
            LOG.error("{} cannot be put aside: {}", file, e.toString());
        }
    }

    private Path aside() {
        return file.resolveSibling("journal.unreadable");
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
