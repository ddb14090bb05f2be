package io.visionops.ingest.internal.camera;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.visionops.api.journal.Fact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link Legacy} in {@code handover.json}: it needs no other part to be there. Written at a
 * stop that leaves something, synced, since what it holds is nowhere else; read once.
 */
public final class LegacyFile {

    /** Form of the document. */
    static final int VERSION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(LegacyFile.class);

    private static final int TYPES = 64;

    private final Path folder;
    private final Path file;

    private record Document(int version, @Nullable Legacy left) {}

    public LegacyFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("handover.json");
    }

    /** Writes it; what cannot be written is lost, and said. */
    public void leave(Legacy left) {
        if (left.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path whole = folder.resolve("handover.json.new");
            write(whole, json().writeValueAsBytes(new Document(VERSION, left)));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.error(
                    "what is to go on after the next start cannot be written to {}: {};"
                            + " {} entries of the journal are lost",
                    file,
                    e.toString(),
                    left.journal().size());
        }
    }

    private static void write(Path to, byte[] bytes) throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        to,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
    }

    /** Reads it and removes it; empty when there is none, or none that can be understood. */
    public Legacy take() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            try {
                Legacy left = read(bytes);
                Files.delete(file);
                return left;
            } catch (IOException | RuntimeException e) {
                Path kept = folder.resolve("handover.unreadable");
                Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
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
        return Legacy.NONE;
    }

    private static Legacy read(byte[] bytes) throws IOException {
        ObjectMapper json = json();
        int version = json.readTree(bytes).path("version").asInt();
        if (version != VERSION) {
            throw new IOException("version " + version + ", known is " + VERSION);
        }
        Legacy left = json.readValue(bytes, Document.class).left();
        if (left == null) {
            throw new IOException("it is empty");
        }
        return left;
    }

    private static String firstLine(Exception e) {
        return e.toString().lines().findFirst().orElse("");
    }

    private static ObjectMapper json() {
        return JsonMapper.builder()
                // The library's own cache outlives this bundle and would keep its classes.
                .typeFactory(TypeFactory.defaultInstance().withCache(new LRUMap<>(TYPES, TYPES)))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addMixIn(Fact.class, Kinds.class)
                .build();
    }

    /** Names of the facts that cameras tell. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind-of-fact")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Fact.Account.class, name = "account"),
        @JsonSubTypes.Type(value = Fact.Expected.class, name = "expected"),
        @JsonSubTypes.Type(value = Fact.Measured.class, name = "measured"),
        @JsonSubTypes.Type(value = Fact.StateChange.class, name = "state"),
        @JsonSubTypes.Type(value = Fact.Watched.class, name = "watched")
    })
    private interface Kinds {}
}
