package io.visionops.backup.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.visionops.api.backup.BackupInfo;
import io.visionops.backup.internal.destination.TargetFolder;
import io.visionops.backup.internal.format.BackupReader;
import io.visionops.support.FolderTree;
import io.visionops.testkit.crash.CrashStates;
import io.visionops.testkit.crash.CrashStates.CrashState;
import io.visionops.testkit.crash.TracedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut may leave of backups at any moment: what was proven is there and is restored
 * with a key that is there, and what a restore puts back is there as a whole or not at all. {@code
 * -Dvisionops.crashstates=1500} for the long form, with {@code -Djava.io.tmpdir=/dev/shm}.
 */
@Tag("slow")
class CrashStatesTest {

    private static final int STATES = 50;

    @TempDir Path temp;

    @Test
    void whatIsProvenCanBeRestoredWheneverThePowerFails() throws Exception {
        assumeTrue(TracedProgram.isPossible(), "this machine has no strace");
        Path recorded = Files.createDirectory(temp.resolve("recorded"));
        CrashStates states = TracedProgram.run(BackupWorkload.class, recorded, temp);
        assertThat(states.said()).contains("restored 3");

        Path data = temp.resolve("state");
        int visited =
                states.visit(
                        STATES,
                        state -> {
                            Files.createDirectory(data);
                            state.writeTo(data);
                            look(state, data);
                            FolderTree.remove(data);
                        });

        System.out.printf(
                Locale.ROOT,
                "backup: %d crash states of %d operations: what was proven is restored%n",
                visited,
                states.operations());
    }

    private static void look(CrashState state, Path data) throws Exception {
        TargetFolder target = BackupWorkload.target(data);
        target.removeParts();
        List<BackupInfo> backups = target.list();
        for (BackupInfo backup : backups) {
            Path file = Path.of(backup.file());
            String key = new BackupReader(file).header().keyId();
            BackupWorkload.trial(data).run(backup.id(), file, BackupWorkload.key(data, key));
        }
        List<String> proven = state.said("proven ");
        if (!proven.isEmpty()) {
            String newest = proven.get(proven.size() - 1);
            assertThat(backups)
                    .as("%s", state)
                    .anyMatch(one -> one.id().equals(newest) && one.proven().isPresent());
        }
        for (String key : state.said("key ")) {
            assertThat(BackupWorkload.key(data, key).id()).isEqualTo(key);
        }
        whole(state, data.resolve(BackupWorkload.CAMERA), "url = rtsp://(front|elsewhere)/\\d\n");
        whole(state, data.resolve(BackupWorkload.MODEL), "(weights){3000}|other \\d");
    }

    private static void whole(CrashState state, Path file, String pattern) throws Exception {
        if (Files.exists(file)) {
            assertThat(Files.readString(file)).as("%s: %s", state, file).matches(pattern);
        } else {
            assertThat(state.said()).as("%s: %s", state, file).isEmpty();
        }
    }
}
