package io.visionops.processes.internal;

import io.visionops.api.time.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Measures all children in one go. Descendants are looked for when a child is new and every thirty
 * seconds: that is the dear part, and the children that we know have none. Confined to one thread.
 */
final class Sampler {

    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(30);

    private final Ticker ticker;
    private final ChildStatistics statistics;

    /** Children whose descendants were looked for. */
    private Set<SupervisedChild> known = new HashSet<>();

    private long lookedAt;

    Sampler(Ticker ticker, ChildStatistics statistics) {
        this.ticker = ticker;
        this.statistics = statistics;
        lookedAt = ticker.nanos();
    }

    void sample(Collection<SupervisedChild> children) {
        boolean due = ticker.nanos() - lookedAt >= LOOK_INTERVAL.toNanos();
        if (!children.isEmpty() && (due || !known.containsAll(children))) {
            ProcessTree tree = ProcessTree.now();
            children.forEach(child -> child.look(tree));
            known = new HashSet<>(children);
            lookedAt = ticker.nanos();
        }
        children.forEach(SupervisedChild::measure);
        statistics.measured();
    }
}
