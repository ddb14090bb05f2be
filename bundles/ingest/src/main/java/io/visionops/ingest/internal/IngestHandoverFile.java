package io.visionops.ingest.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.journal.Entry;
import io.visionops.support.handover.HandoverDocument;
import io.visionops.support.json.HandoverJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link IngestHandover} in {@code handover.json}: it needs no other part to be there.
 * Written at a stop that leaves something, read once; one of another version of this part is kept
 * for that one.
 */
final class IngestHandoverFile {

    /** Form of the document. */
    static final int VERSION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(IngestHandoverFile.class);

    private final Path file;
    private final int version;
    private final HandoverDocument<IngestHandover> document;

    private record Document(int version, @Nullable IngestHandover left) {}

    private static final class Json implements HandoverDocument.Form<IngestHandover> {

        private final ObjectMapper json = HandoverJson.mapper();

        @Override
        public int version(byte[] bytes) throws IOException {
            return HandoverJson.version(json, bytes);
        }

        @Override
        public IngestHandover read(byte[] bytes) throws IOException {
            IngestHandover left = json.readValue(bytes, Document.class).left();
            if (left == null) {
                throw new IOException("it is empty");
            }
            return left;
        }
    }

    IngestHandoverFile(Path folder) {
        this(folder, VERSION);
    }

    /** As a part of that version does. */
    IngestHandoverFile(Path folder, int version) {
        this.file = folder.resolve("handover.json");
        this.version = version;
        this.document = new HandoverDocument<>(file, version, new Json());
    }

    /** Writes it; what cannot be written is lost, and said. */
    void leave(IngestHandover left) {
        if (left.isEmpty()) {
            return;
        }
        try {
            Document whole = new Document(version, left);
            document.write(HandoverJson.mapper().writeValueAsBytes(whole), true);
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
        IngestHandover left = document.read().orElse(IngestHandover.NONE);
        keep.accept(left.journal());
        if (!left.isEmpty()) {
            document.delete();
        }
        return left;
    }
}
