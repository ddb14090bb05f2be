package io.visionops.support.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.visionops.support.FolderTree;
import io.visionops.testkit.crash.CrashStates;
import io.visionops.testkit.crash.CrashStates.CrashState;
import io.visionops.testkit.crash.TracedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut may leave of a hand-over at any moment: what was kept last, or what was about to
 * be, as a whole. {@code -Dvisionops.crashstates=1500} for the long form, with {@code
 * -Djava.io.tmpdir=/dev/shm}.
 */
@Tag("slow")
class HandoverCrashStatesTest {

    private static final int STATES = 100;

    @TempDir Path temp;

    @Test
    void whatWasKeptIsThereAsAWholeWheneverThePowerFails() throws Exception {
        assumeTrue(TracedProgram.isPossible(), "this machine has no strace");
        Path recorded = Files.createDirectory(temp.resolve("recorded"));
        CrashStates states = TracedProgram.run(HandoverWorkload.class, recorded, temp);

        Path folder = temp.resolve("state");
        int visited =
                states.visit(
                        STATES,
                        state -> {
                            Files.createDirectory(folder);
                            state.writeTo(folder);
                            journal(state, folder);
                            document(state, folder);
                            FolderTree.remove(folder);
                        });

        System.out.printf(
                Locale.ROOT,
                "hand-over: %d crash states of %d operations: nothing lost, nothing half%n",
                visited,
                states.operations());
    }

    private static void journal(CrashState state, Path folder) {
        List<Unwritten> read = HandoverWorkload.journal(folder).read();

        assertThat(folder.resolve("ingest/journal.unreadable")).as("%s", state).doesNotExist();
        int kept = newest(state, "journal ");
        if (read.isEmpty()) {
            // Each tenth time it is emptied before it is written.
            assertThat(kept % 10).as("%s", state).isIn(0, 9);
            return;
        }
        int round = Integer.parseInt(read.get(0).camera());
        assertThat(round).as("%s", state).isBetween(kept, kept + 1);
        assertThat(read)
                .as("%s", state)
                .hasSize(HandoverWorkload.entries(round))
                .allMatch(one -> one.camera().equals(String.valueOf(round)));
    }

    private static void document(CrashState state, Path folder) throws IOException {
        int kept = newest(state, "document ");
        Path document = HandoverWorkload.document(folder);
        if (kept == 0 && !Files.exists(document)) {
            return;
        }
        assertThat(Files.readString(document))
                .as("%s", state)
                .isIn(HandoverWorkload.text(kept), HandoverWorkload.text(kept + 1));
    }

    private static int newest(CrashState state, String what) {
        return state.said(what).stream().mapToInt(Integer::parseInt).max().orElse(0);
    }
}
