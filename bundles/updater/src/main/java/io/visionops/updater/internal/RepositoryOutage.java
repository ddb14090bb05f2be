package io.visionops.updater.internal;

import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Since when the repository cannot be read, and why. On the disk, since the program starts again
 * each night: whoever holds releases back for days is told of by the time of day, not by a clock
 * that begins anew. Read by any thread, changed by one at a time.
 */
final class RepositoryOutage {

    private static final Logger LOG = LoggerFactory.getLogger(RepositoryOutage.class);

    private final Path file;
    private final Clock clock;

    private volatile Optional<Outage> present = Optional.empty();

    private record Outage(Instant since, String reason) {}

    /**
     * @param folder {@code releases} of the data folder
     */
    RepositoryOutage(Path folder, Clock clock) {
        this.file = folder.resolve("unreadable");
        this.clock = clock;
    }

    /** Reads what an earlier run has left; waits for the disk. */
    void read() {
        try {
            String[] lines = Files.readString(file).split("\n", 2);
            present = Optional.of(new Outage(Instant.parse(lines[0]), lines[1]));
        } catch (NoSuchFileException none) {
            present = Optional.empty();
        } catch (IOException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            LOG.warn("{} is not believed: {}", file, e.toString());
        }
    }

    /** The repository was read. */
    void end() {
        if (present.isPresent()) {
            present = Optional.empty();
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("{} cannot be removed: {}", file, e.toString());
            }
        }
    }

    /** It could not be read, perhaps once more. */
    void goOn(String reason) {
        Instant since = present.map(Outage::since).orElseGet(clock::instant);
        present = Optional.of(new Outage(since, reason.replace('\n', ' ')));
        try {
            Files.createDirectories(file.getParent());
            byte[] text = (since + "\n" + present.get().reason()).getBytes(StandardCharsets.UTF_8);
            WholeFile.write(file, text, false);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", file, e.toString());
        }
    }

    /** Empty when the repository could be read when it was looked into last. */
    Optional<UnreadableRepository> present() {
        return present.map(
                one -> {
                    Duration length = Duration.between(one.since(), clock.instant());
                    return new UnreadableRepository(
                            one.reason(), length.isNegative() ? Duration.ZERO : length);
                });
    }
}
