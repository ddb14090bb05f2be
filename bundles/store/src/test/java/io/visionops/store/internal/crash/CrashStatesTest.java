package io.visionops.store.internal.crash;

import static io.visionops.store.internal.TestStore.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.query.CountQuery.Interval;
import io.visionops.api.subject.Actor;
import io.visionops.store.internal.TestStore;
import io.visionops.store.internal.encoding.Ids;
import io.visionops.store.internal.sqlite.NativeLibrary;
import io.visionops.support.FolderTree;
import io.visionops.support.Sha256;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.crash.CrashStates;
import io.visionops.testkit.crash.CrashStates.CrashState;
import io.visionops.testkit.crash.TracedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut may leave of the database at any moment, a restore included: all that was
 * acknowledged is there, and nothing that is damaged is given out. {@code
 * -Dvisionops.crashstates=2500} for the long form, with {@code -Djava.io.tmpdir=/dev/shm}.
 */
@Tag("slow")
class CrashStatesTest {

    private static final int STATES = 50;

    @TempDir Path temp;

    @Test
    void whatWasAcknowledgedIsThereWheneverThePowerFails() throws Exception {
        assumeTrue(TracedProgram.isPossible(), "this machine has no strace");
        Path data = Files.createDirectory(temp.resolve("data"));
        new NativeLibrary(StoreWorkload.natives(data)).place();
        CrashStates states = TracedProgram.run(StoreWorkload.class, data, temp);
        assertThat(states.said()).hasSizeGreaterThan(500).noneMatch(one -> one.startsWith("fail"));

        int visited =
                states.visit(
                        STATES,
                        state -> {
                            // At the same place: a restore keeps the path of the former database.
                            FolderTree.remove(data);
                            Files.createDirectory(data);
                            state.writeTo(data);
                            assertThatAllIsThere(state, data);
                        });

        System.out.printf(
                Locale.ROOT,
                "store: %d crash states of %d operations, %d acknowledgements: none lost%n",
                visited,
                states.operations(),
                states.said().size());
    }

    private static void assertThatAllIsThere(CrashState state, Path data) throws Exception {
        try (TestStore store = new TestStore(data, new ManualClock(NOON), StoreWorkload.UPKEEP)) {
            store.reader();
            Set<String> events = events(store);
            assertThat(events).as("%s", state).containsAll(state.said("event "));
            assertThat(counted(store)).as("%s", state).isEqualTo(events.size());
            int saved =
                    state.said("checkpoint ").stream().mapToInt(Integer::parseInt).max().orElse(0);
            assertThat(
                            store.checkpoints()
                                    .latest(StoreWorkload.OWNER)
                                    .map(Checkpoint::document)
                                    .map(one -> Integer.parseInt(one.replaceAll("\\D", "")))
                                    .orElse(0))
                    .as("%s", state)
                    .isGreaterThanOrEqualTo(saved);
            assertThatPicturesAreWhole(store, data, state);
            assertThat(store.maintenance().check(true, Actor.user("anna"), progress -> {}).damage())
                    .as("%s", state)
                    .isEmpty();
        }
        Path quarantine = data.resolve("quarantine");
        if (Files.exists(quarantine)) {
            try (var kept = Files.list(quarantine)) {
                // A repair would keep what it repairs here.
                assertThat(kept.map(one -> one.getFileName().toString()))
                        .as("%s", state)
                        .isSubsetOf("database-former");
            }
        }
    }

    private static Set<String> events(TestStore store) throws SQLException {
        Set<String> ids = new HashSet<>();
        try (Connection connection = store.open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM events")) {
            while (row.next()) {
                UUID id = Ids.of(row.getBytes(1));
                ids.add(id.toString());
            }
        }
        return ids;
    }

    private static long counted(TestStore store) {
        return store.reader().lineCounts(TestStore.counts(Interval.ALL)).stream()
                .mapToLong(count -> count.count().orElse(0))
                .sum();
    }

    private static void assertThatPicturesAreWhole(TestStore store, Path data, CrashState state)
            throws SQLException, IOException {
        try (Connection connection = store.open();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT file, picture_sha256 FROM snapshots")) {
            while (row.next()) {
                Path picture = data.resolve("snapshots").resolve(row.getString(1));
                assertThat(Sha256.hex(Files.readAllBytes(picture)))
                        .as("%s: %s", state, picture)
                        .isEqualTo(HexFormat.of().formatHex(row.getBytes(2)));
            }
        }
    }
}
