package io.visionops.testkit;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.checkpoint.Checkpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Checkpoints that live as long as the test. Thread-safe. */
public final class InMemoryCheckpoints implements Checkpoints {

    /** Newest last. Guarded by "this". */
    private final List<Checkpoint> saved = new ArrayList<>();

    @Override
    public synchronized CompletableFuture<Void> save(Checkpoint checkpoint) {
        saved.add(checkpoint);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized Optional<Checkpoint> latest(String owner) {
        return latest(owner, one -> true);
    }

    @Override
    public synchronized Optional<Checkpoint> latest(String owner, int version) {
        return latest(owner, one -> one.version() == version);
    }

    private Optional<Checkpoint> latest(String owner, Predicate<Checkpoint> wanted) {
        return saved.stream()
                .filter(one -> one.owner().equals(owner))
                .filter(wanted)
                .reduce((older, newer) -> newer);
    }

    @Override
    public synchronized List<Info> history() {
        List<Info> newestFirst = new ArrayList<>();
        for (Checkpoint one : saved) {
            newestFirst.add(
                    0,
                    new Info(
                            one.owner(), one.version(), one.time(), one.document().length(), true));
        }
        return newestFirst;
    }
}
