package io.visionops.ingest.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.journal.Entry;
import io.visionops.support.WholeFile;
import io.visionops.support.json.HandoverJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link IngestHandover} in {@code handover.json}: it needs no other part to be there.
 * Written at a stop that leaves something, read once.
 */
final class IngestHandoverFile {

    /** Form of the document. */
    static final int VERSION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(IngestHandoverFile.class);

    private final Path folder;
    private final Path file;

    private record Document(int version, @Nullable IngestHandover left) {}

    IngestHandoverFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("handover.json");
    }

    /** Writes it; what cannot be written is lost, and said. */
    void leave(IngestHandover left) {
        if (left.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Document document = new Document(VERSION, left);
            WholeFile.write(file, HandoverJson.mapper().writeValueAsBytes(document), true);
        } catch (IOException e) {
            LOG.error(
                    "what is to go on after the next start cannot be written to {}: {}",
                    file,
                    e.toString());
        }
    }

    /**
     * Reads it and removes it; empty when there is none, or none that can be understood.
     *
     * @param keep gets the entries before they are removed; always called
     */
    IngestHandover take(Consumer<List<Entry>> keep) {
        IngestHandover left = read();
        keep.accept(left.journal());
        if (!left.isEmpty()) {
            delete();
        }
        return left;
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.error("{} cannot be removed: {}", file, e.toString());
        }
    }

    private IngestHandover read() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            try {
                return read(bytes);
            } catch (IOException | RuntimeException e) {
                Path kept = folder.resolve("handover.unreadable");
                WholeFile.setAside(file, kept);
                LOG.error(
                        "what the last run has left cannot be read and is kept as {}: {}",
                        kept,
                        firstLine(e));
            }
        } catch (NoSuchFileException e) {
            LOG.debug("nothing was left", e);
        } catch (IOException e) {
            LOG.error("what the last run has left cannot be read: {}", e.toString());
        }
        return IngestHandover.NONE;
    }

    private static IngestHandover read(byte[] bytes) throws IOException {
        ObjectMapper json = HandoverJson.mapper();
        int version = json.readTree(bytes).path("version").asInt();
        if (version != VERSION) {
            throw new IOException("version " + version + ", known is " + VERSION);
        }
        IngestHandover left = json.readValue(bytes, Document.class).left();
        if (left == null) {
            throw new IOException("it is empty");
        }
        return left;
    }

    private static String firstLine(Exception e) {
        return e.toString().lines().findFirst().orElse("");
    }
}
