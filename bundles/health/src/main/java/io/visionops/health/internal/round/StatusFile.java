package io.visionops.health.internal.round;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.health.internal.round.StatusTimes.Since;
import io.visionops.support.WholeFile;
import io.visionops.support.json.HandoverJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the next run of the part has to know: since when each check has its status. Thread-safe;
 * {@link #write} waits for the disk, so it is for a thread of its own.
 */
public final class StatusFile {

    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);
    private static final int VERSION = 1;

    private final Path file;
    private final ObjectMapper json = HandoverJson.mapper();
    private final AtomicReference<@Nullable Map<String, Since>> pending = new AtomicReference<>();

    private record Document(int version, @Nullable Map<String, Since> checks) {}

    public StatusFile(Path folder) {
        file = folder.resolve("status.json");
    }

    /** What the last run has left; nothing when there is none or it cannot be understood. */
    public Map<String, Since> read() {
        try {
            Document left = json.readValue(Files.readAllBytes(file), Document.class);
            if (left == null || left.version() != VERSION || left.checks() == null) {
                throw new IOException("its form is not known");
            }
            Map<String, Since> checks = left.checks();
            checks.values().removeIf(StatusFile::isIncomplete);
            return checks;
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            LOG.warn("{} is not believed, checks are said to be new: {}", file, e.toString());
            return Map.of();
        }
    }

    /** JSON may leave out what a record must have. */
    @SuppressWarnings("ConstantValue")
    private static boolean isIncomplete(@Nullable Since one) {
        return one == null || one.status() == null || one.since() == null;
    }

    /** To be written soon. */
    public void put(Map<String, Since> checks) {
        pending.set(checks);
    }

    /** Writes what is to be written; a failure is logged, and tried again at the next change. */
    public synchronized void write() {
        Map<String, Since> checks = pending.getAndSet(null);
        if (checks == null) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            WholeFile.write(file, bytes(checks), false);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", file, e.toString());
        }
    }

    private byte[] bytes(Map<String, Since> checks) throws JsonProcessingException {
        return json.writeValueAsBytes(new Document(VERSION, checks));
    }
}
