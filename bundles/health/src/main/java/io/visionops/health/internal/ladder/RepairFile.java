package io.visionops.health.internal.ladder;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.support.WholeFile;
import io.visionops.support.json.HandoverJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The repairs that an earlier run of this part has made since the computer was started: times are
 * those of its monotonic clock, which begins anew then. For one thread.
 */
final class RepairFile {

    private static final Logger LOG = LoggerFactory.getLogger(RepairFile.class);
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = HandoverJson.mapper();

    private final Path file;
    private final String boot;

    private record Document(
            int version, @Nullable String boot, @Nullable Map<String, List<Long>> nanos) {}

    /**
     * @param boot which run of the computer this is
     */
    RepairFile(Path folder, String boot) {
        this.file = folder.resolve("repairs.json");
        this.boot = boot;
    }

    /** Nothing when there is none, it is of another run of the computer, or not understood. */
    Map<String, List<Duration>> read(Duration now) {
        try {
            Document left = JSON.readValue(Files.readAllBytes(file), Document.class);
            if (left == null || left.version() != VERSION || left.nanos() == null) {
                throw new IOException("its form is not known");
            }
            Map<String, List<Duration>> made = new TreeMap<>();
            if (boot.equals(left.boot())) {
                left.nanos()
                        .forEach(
                                (repair, times) ->
                                        made.put(
                                                repair,
                                                times.stream()
                                                        .map(Duration::ofNanos)
                                                        .filter(time -> time.compareTo(now) <= 0)
                                                        .toList()));
            }
            return made;
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            LOG.warn("{} is not believed, no repair is said to be made: {}", file, e.toString());
            return Map.of();
        }
    }

    /** On the disk when this returns; a failure is logged. */
    void write(Map<String, List<Duration>> made) {
        Map<String, List<Long>> nanos = new TreeMap<>();
        made.forEach(
                (repair, times) ->
                        nanos.put(repair, times.stream().map(Duration::toNanos).toList()));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            WholeFile.write(
                    file, JSON.writeValueAsBytes(new Document(VERSION, boot, nanos)), false);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", file, e.toString());
        }
    }
}
