package io.visionops.launcher.generation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides which generation is started. One that was tried and has not proven itself is gone back
 * from: after a crash or a hang at once, after three starts that ended otherwise, such as in a
 * power cut, and when nothing was confirmed in time.
 */
public final class Generations {

    static final int MOST_TRIES = 3;

    private final Path folder;
    private final Path base;
    private final String version;
    private final Writing writing;
    private final Consumer<String> say;

    /** Puts a file in the place of the one of that name; on the disk when it returns. */
    @FunctionalInterface
    public interface Writing {
        void write(Path file, byte[] bytes) throws IOException;
    }

    /**
     * @param folder {@code releases} of the data folder
     * @param base the program as it was unpacked, and its version
     * @param say takes a line for the log
     */
    public Generations(
            Path folder, Path base, String version, Writing writing, Consumer<String> say) {
        this.writing = writing;
        this.folder = folder;
        this.base = base;
        this.version = version;
        this.say = say;
    }

    /**
     * What is to be started.
     *
     * @param number 0 for the program as it was unpacked
     * @param trial whether it has to prove itself
     */
    public record Choice(long number, Path home, boolean trial) {}

    /** Decides for the next start, and writes down what that is. */
    public Choice next() {
        Optional<GenerationState> read = read();
        if (read.isEmpty()) {
            return unpacked();
        }
        GenerationState state = read.get();
        if (!state.base().equals(version + " " + base)) {
            say.accept("the program was replaced: releases of the one before are not started");
            write(GenerationState.of(version + " " + base));
            return unpacked();
        }
        if (state.phase().equals(GenerationState.TRYING)) {
            if (state.level() == 1) {
                state = state.goingBack("the program ended before the release was confirmed");
            } else if (state.tries() >= MOST_TRIES) {
                state = state.goingBack("it was started " + state.tries() + " times in vain");
            } else {
                GenerationState again = state.triedOnceMore();
                if (isWhole(again.candidate()) && write(again)) {
                    return new Choice(again.candidate(), home(again.candidate()), true);
                }
                state = state.goingBack("its files are not complete");
            }
        }
        if (state.phase().equals(GenerationState.GOING_BACK)) {
            say.accept("goes back from release " + state.candidate() + ": " + state.reason());
            state = state.back();
            write(state);
        }
        if (state.active() != 0 && !isWhole(state.active())) {
            say.accept(
                    "release "
                            + state.active()
                            + " is not complete in "
                            + home(state.active())
                            + ": the program as it was unpacked is started");
            return unpacked();
        }
        return new Choice(state.active(), home(state.active()), false);
    }

    /** A candidate that runs is not to be started again. Does nothing when none is on trial. */
    public void goBack(String reason) {
        read().filter(state -> state.phase().equals(GenerationState.TRYING))
                .ifPresent(state -> write(state.goingBack(reason)));
    }

    /** Is a candidate running that has not proven itself? */
    public boolean isTrying() {
        return read().filter(state -> state.phase().equals(GenerationState.TRYING)).isPresent();
    }

    private Choice unpacked() {
        return new Choice(0, base, false);
    }

    private Path home(long number) {
        return number == 0 ? base : folder.resolve(String.format(Locale.ROOT, "%06d", number));
    }

    private Optional<GenerationState> read() {
        try {
            return Optional.of(GenerationState.read(folder.resolve("state")));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            say.accept(e.getMessage() + ": the program as it was unpacked is started");
            return Optional.empty();
        }
    }

    private boolean write(GenerationState state) {
        try {
            writing.write(folder.resolve("state"), state.bytes());
            return true;
        } catch (IOException e) {
            say.accept("which release runs cannot be written: " + e.getMessage());
            return false;
        }
    }

    /** All its files are there; what is in them was verified before it got its name. */
    private boolean isWhole(long number) {
        if (number == 0) {
            return true;
        }
        Path home = home(number);
        try {
            List<String> lines = Files.readAllLines(home.resolve("files.sha256"));
            return !lines.isEmpty()
                    && lines.stream()
                            .allMatch(
                                    line ->
                                            line.length() > 66
                                                    && Files.isRegularFile(
                                                            home.resolve(line.substring(66))));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
