package io.visionops.updater.internal.install;

import static java.util.stream.Collectors.joining;

import io.visionops.api.update.UpdateException;
import io.visionops.support.checkpoint.CheckpointRound;
import io.visionops.updater.internal.generation.Generations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What all parts know, and the database: what a release breaks is not lost. For one thread. */
final class Saving {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Surroundings parts;
    private final Generations generations;

    Saving(Surroundings parts, Generations generations) {
        this.parts = parts;
        this.generations = generations;
    }

    /** Bytes that it takes. */
    long length() throws IOException {
        return parts.copies().isPresent() ? parts.copies().get().length() : 0;
    }

    /**
     * @throws UpdateException when something is not saved
     */
    void save(Job job) throws IOException, UpdateException, InterruptedException {
        String reason = "update to release " + job.plan().to();
        String unsaved =
                CheckpointRound.ask(parts.checkpoints(), LIMIT, reason, job.actor()).stream()
                        .filter(saved -> !saved.result().done())
                        .map(saved -> saved.part() + " (" + saved.result().failed() + ")")
                        .collect(joining(", "));
        if (!unsaved.isEmpty()) {
            throw new UpdateException("not saved: " + unsaved);
        }
        if (parts.copies().isPresent()) {
            Path copy = generations.saved(job.plan().to());
            Files.deleteIfExists(copy);
            parts.copies().get().copyTo(copy);
        }
    }
}
