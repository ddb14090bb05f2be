package io.visionops.api.checkpoint;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps the last ten checkpoints of every owner. Thread-safe. */
@ProviderType
public interface Checkpoints {

    /**
     * Writes a checkpoint; completes after the commit, fails with a {@code JournalException}. Never
     * blocks.
     */
    CompletableFuture<Void> save(Checkpoint checkpoint);

    /** The newest checkpoint whose checksum holds. */
    Optional<Checkpoint> latest(String owner);

    /**
     * The newest checkpoint of that version whose checksum holds, for a part that does not know the
     * form of the newest; those of other versions stay where they are.
     */
    Optional<Checkpoint> latest(String owner, int version);

    /** The history, newest first. */
    List<Info> history();

    /** A checkpoint without its document. */
    record Info(String owner, int version, Instant time, int bytes, boolean intact) {}
}
