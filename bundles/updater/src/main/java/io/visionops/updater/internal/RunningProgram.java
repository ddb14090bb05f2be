package io.visionops.updater.internal;

import io.visionops.api.update.UpdateException;
import io.visionops.updater.internal.generation.GenerationState;
import io.visionops.updater.internal.generation.Generations;
import io.visionops.updater.internal.generation.Phase;
import io.visionops.updater.internal.generation.ProgramFolder;
import io.visionops.updater.internal.install.UpdateHistory;
import io.visionops.updater.internal.install.UpdateOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which generation runs, and which are kept to go back to. What is shown may be read by any thread;
 * it is changed by the thread of the updates alone.
 */
final class RunningProgram {

    private static final Logger LOG = LoggerFactory.getLogger(RunningProgram.class);

    private final Generations generations;
    private final UpdateHistory history;

    private volatile long number;
    private volatile String version = "";
    private volatile Optional<ProgramFolder> folder = Optional.empty();
    private volatile List<Long> kept = List.of();

    /**
     * @param number of the generation that was started
     */
    RunningProgram(Generations generations, UpdateHistory history, long number) {
        this.generations = generations;
        this.history = history;
        this.number = number;
    }

    /** Looks at what is on the disk; until then there is no version and nothing to go back to. */
    void read() throws IOException {
        version = ProgramFolder.version(generations.home(number));
        lookForKept();
    }

    long number() {
        return number;
    }

    String version() {
        return version;
    }

    /** Numbers of those that can be gone back to. */
    List<Long> kept() {
        return kept;
    }

    /** The program that runs; read once, which takes a second. */
    ProgramFolder folder() throws IOException {
        ProgramFolder present =
                folder.isPresent() ? folder.get() : ProgramFolder.read(generations.home(number));
        folder = Optional.of(present);
        return present;
    }

    /** One that is kept; read each time, which takes a second. */
    ProgramFolder folder(long one) throws IOException {
        return ProgramFolder.read(generations.home(one));
    }

    /**
     * The number of the generation to go back to.
     *
     * @param wanted without it, the newest before the one that runs
     * @throws UpdateException when it is not kept
     */
    long target(OptionalLong wanted) throws UpdateException {
        List<Long> all = kept;
        long target =
                wanted.orElse(
                        all.stream()
                                .filter(one -> one < number)
                                .mapToLong(Long::longValue)
                                .max()
                                .orElse(number));
        if (!all.contains(target)) {
            throw new UpdateException(
                    "release "
                            + target
                            + " is not kept; there are "
                            + (all.isEmpty() ? "none" : all));
        }
        return target;
    }

    /** Another generation is active. */
    void become(long active, ProgramFolder now) {
        number = active;
        folder = Optional.of(now);
        version = now.contents().version();
    }

    /** Removes the generations that are not gone back to any more, and what was only begun. */
    void keep(Set<Long> numbers) {
        try {
            generations.keep(numbers);
            generations.dropDownloads();
            lookForKept();
        } catch (IOException e) {
            LOG.warn("releases that are not needed any more cannot be removed: {}", e.toString());
        }
    }

    /**
     * Removes what was fetched ahead or gone back from, but the newest that may still be installed:
     * else each release that is looked at takes its room for ever. Nothing while one is on trial.
     */
    void tidy() throws IOException {
        GenerationState state = generations.state();
        if (state.phase() != Phase.SETTLED || state.failed() != GenerationState.NONE) {
            return;
        }
        Set<Long> needed = new HashSet<>(kept);
        needed.add(number);
        generations.kept().stream()
                .filter(one -> history.refusal(one).isEmpty())
                .findFirst()
                .ifPresent(needed::add);
        generations.keep(needed);
    }

    private void lookForKept() throws IOException {
        List<Long> all = new ArrayList<>(generations.kept());
        all.removeIf(one -> !wasInstalled(one));
        all.add(0L);
        all.remove(number);
        kept = List.copyOf(all);
    }

    /** What was only fetched ahead is nothing to go back to. */
    private boolean wasInstalled(long one) {
        return history.results().stream()
                .anyMatch(
                        result ->
                                result.to() == one
                                        && result.outcome().equals(UpdateOutcome.INSTALLED.word()));
    }
}
