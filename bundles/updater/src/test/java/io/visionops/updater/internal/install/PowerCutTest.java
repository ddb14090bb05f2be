package io.visionops.updater.internal.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.launcher.generation.Generations.Choice;
import io.visionops.testkit.disk.CrashStates.Cut;
import io.visionops.testkit.disk.DiskState;
import io.visionops.updater.internal.generation.Generations;
import io.visionops.updater.internal.install.RecordedUpdates.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut leaves of updates: after it the watchdog starts the program of before or the
 * release, whole, and another update can be made.
 */
@Tag("slow")
class PowerCutTest {

    private static final int MIXED = 3;
    private static final int AFTER_A_LIE = 4;

    /** A candidate has three starts, and then the other program one. */
    private static final int STARTS = 5;

    /** One in so many states is updated once more. */
    private static final int UPDATED = 50;

    @TempDir static Path folder;

    private static RecordedUpdates updates;

    private final List<String> said = new ArrayList<>();
    private int states;

    @BeforeAll
    static void record() throws Exception {
        updates = new RecordedUpdates(folder);
        updates.make();
    }

    @Test
    void updatesEndAsTheyShould() {
        assertThat(updates.steps)
                .extracting(Step::outcome)
                .containsExactly(2L, 0L, 2L, 3L, 3L, 3L, 6L);
    }

    @Test
    void afterAPowerCutAtAnyMomentTheOldOrTheNewProgramIsStartedWhole() throws Exception {
        int count = updates.disk.states().each(new Random(1), MIXED, this::requireOldOrNew);

        assertThat(count).isGreaterThan(2000);
    }

    /**
     * The list of what is started is then that of a program, though it may be the one that was
     * unpacked; what is torn in it is found out while the release is on trial, at the latest.
     */
    @Test
    void onADiskThatLiesAboutOneSyncAWholeProgramIsStartedOrOneThatIsOnTrial() throws Exception {
        int count = updates.disk.states().eachLie(new Random(2), AFTER_A_LIE, this::requireWhole);

        assertThat(count).isGreaterThan(1000);
    }

    private void requireOldOrNew(Cut cut, DiskState state) throws Exception {
        Step step = step(cut);
        make(state);
        requireThatWhatHasANumberIsWhole(cut);
        for (int start = 1; ; start++) {
            assertThat(start).as("starts after %s", cut).isLessThanOrEqualTo(STARTS);
            Choice choice = next();
            requireWhole(cut, choice);
            assertThat(choice.number())
                    .as("what is started after %s in %s", cut, step)
                    .isIn(step.from(), step.to());
            if (cut.after() == step.end()) {
                assertThat(choice.number()).as("%s after %s", cut, step).isEqualTo(step.outcome());
            }
            if (!choice.trial()) {
                break;
            }
        }
        requireThatAnUpdateCanBeMade(cut);
    }

    private void requireWhole(Cut cut, DiskState state) throws Exception {
        make(state);
        Choice choice = next();
        for (int start = 1; choice.trial(); start++) {
            assertThat(start).as("starts after %s", cut).isLessThanOrEqualTo(STARTS);
            choice = next();
        }
        requireWhole(cut, choice);
        requireThatAnUpdateCanBeMade(cut);
    }

    private void make(DiskState state) throws Exception {
        state.writeTo(updates.real());
        said.clear();
    }

    private Choice next() {
        return RecordedUpdates.watchdog(updates.real(), Files::write, said).next();
    }

    private static Step step(Cut cut) {
        return updates.steps.stream()
                .filter(step -> cut.after() <= step.end() + 1)
                .findFirst()
                .orElseThrow();
    }

    private void requireWhole(Cut cut, Choice choice) throws Exception {
        assertThat(RecordedUpdates.files(choice.home()))
                .as("%s is started after %s: %s", choice, cut, said)
                .isEqualTo(updates.programs.get(choice.number()));
    }

    /** Also what can be gone back to. */
    private static void requireThatWhatHasANumberIsWhole(Cut cut) throws Exception {
        Generations generations = RecordedUpdates.generations(updates.real());
        for (long kept : generations.kept()) {
            assertThat(RecordedUpdates.files(generations.home(kept)))
                    .as("release %d after %s", kept, cut)
                    .isEqualTo(updates.programs.get(kept));
        }
    }

    private void requireThatAnUpdateCanBeMade(Cut cut) throws Exception {
        Generations generations = RecordedUpdates.generations(updates.real());
        long other = generations.state().active() == 2 ? 3 : 2;
        states++;
        if (states % UPDATED == 0) {
            Path home = updates.stage(generations, other);
            assertThat(RecordedUpdates.files(home)).isEqualTo(updates.programs.get(other));
        }
    }
}
