package io.visionops.updater.internal.install;

import static java.util.stream.Collectors.toSet;

import io.visionops.api.time.Ticker;
import io.visionops.support.thread.TimedCalls;
import io.visionops.updater.internal.generation.Generations;
import io.visionops.updater.internal.generation.ProgramFolder;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Swaps what runs for another program, within a limit. For one thread, but for {@link #close}. */
final class TimedSwap implements AutoCloseable {

    /** A bundle that takes longer to start hangs. */
    private static final Duration LIMIT = Duration.ofSeconds(45);

    private final Generations generations;
    private final CommandRoles roles;
    private final BundleSwap bundles;
    private final Ticker ticker;
    private final TimedCalls calls =
            new TimedCalls("swap of bundles", "visionops-updater-swap", LIMIT);
    private boolean hung;

    TimedSwap(Generations generations, CommandRoles roles, BundleSwap bundles, Ticker ticker) {
        this.generations = generations;
        this.roles = roles;
        this.bundles = bundles;
        this.ticker = ticker;
    }

    /**
     * What went wrong; empty when it is done. After a swap that hangs there is none: the features
     * service does one thing at a time.
     *
     * @param changed paths of the files that are others
     */
    Optional<String> fault(ProgramFolder from, ProgramFolder to, Set<String> changed) {
        if (hung) {
            return Optional.of("a bundle hangs as it starts");
        }
        long begun = ticker.nanos();
        Optional<String> fault =
                calls.run(
                        () -> {
                            swap(from, to, changed);
                            return Optional.empty();
                        },
                        Optional::of);
        hung = fault.isPresent() && ticker.nanos() - begun >= LIMIT.toNanos();
        return fault;
    }

    private void swap(ProgramFolder from, ProgramFolder to, Set<String> changed) throws Exception {
        generations.offer(
                to.path(),
                to.contents().sums().keySet().stream()
                        .filter(changed::contains)
                        .filter(path -> path.startsWith("system/io/visionops/"))
                        .collect(toSet()));
        roles.use(to.path(), changed);
        bundles.swap(from.path(), to.path(), to.contents().bundles());
    }

    @Override
    public void close() {
        bundles.close();
        calls.close();
    }
}
