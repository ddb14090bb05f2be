package io.visionops.updater.internal.install;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.subject.Actor;
import io.visionops.api.update.UpdatePlan;
import io.visionops.support.WholeFile;
import io.visionops.support.json.HandoverJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The update under way, for the program that is started after this one.
 *
 * @param before how everything was
 * @param ended when the program was about to change; null where an older updater has written it
 */
record Pending(
        UpdatePlan plan,
        boolean release,
        Actor actor,
        Instant started,
        Baseline before,
        @Nullable Instant ended) {

    private static final Logger LOG = LoggerFactory.getLogger(Pending.class);
    private static final ObjectMapper JSON = HandoverJson.mapper();

    static Pending of(Job job, Baseline before, Instant now) {
        return new Pending(job.plan(), job.release(), job.actor(), job.started(), before, now);
    }

    /**
     * How long nothing was watched, by the time of day: a restart outlives every other clock.
     *
     * @param up when all parts were there again
     */
    Optional<Duration> downtime(Instant up) {
        return ended == null || up.isBefore(ended) || plan.level() == 1
                ? Optional.empty()
                : Optional.of(Duration.between(ended, up));
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        WholeFile.write(file(folder), JSON.writeValueAsBytes(this), true);
    }

    /** Empty when there is none, or none that can be understood. */
    static Optional<Pending> read(Path folder) {
        if (Files.notExists(file(folder))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file(folder)), Pending.class));
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} is not believed: {}", file(folder), e.toString());
            return Optional.empty();
        }
    }

    private static Path file(Path folder) {
        return folder.resolve("pending.json");
    }
}
