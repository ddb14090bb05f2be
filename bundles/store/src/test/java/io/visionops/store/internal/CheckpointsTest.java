package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.checkpoint.Checkpoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CheckpointsTest extends StoreRig {

    @Test
    void theNewestOfTenIsReadAlsoAfterARestart() {
        for (int i = 0; i < 25; i++) {
            save("a", i, NOON.plusSeconds(i));
            save("b", i, NOON.plusSeconds(i));
        }
        store.close();
        store = new TestStore(folder);

        assertThat(store.checkpoints().latest("a"))
                .contains(checkpoint("a", 24, NOON.plusSeconds(24)));
        assertThat(store.checkpoints().latest("nobody")).isEmpty();
        assertThat(store.checkpoints().history()).hasSize(20);
        assertThat(store.checkpoints().history().get(0))
                .isEqualTo(
                        new Checkpoints.Info(
                                "b",
                                24,
                                NOON.plusSeconds(24),
                                "{\"n\":24,\"ö\":1}".length() + 1,
                                true));
    }

    @Test
    void whatWasWrittenLastWinsAlsoWhenTheClockWasSetBack() {
        save("a", 1, NOON);
        save("a", 2, NOON.minusSeconds(3600));

        assertThat(store.checkpoints().latest("a").orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void aDamagedCheckpointFallsBackToTheOneBefore() throws SQLException {
        save("a", 1, NOON);
        save("a", 2, NOON.plusSeconds(1));
        save("a", 3, NOON.plusSeconds(2));
        damage("document = replace(document, '3', '4') WHERE version = 3");
        damage("sha256 = x'00' WHERE version = 2");

        assertThat(store.checkpoints().latest("a").orElseThrow().version()).isEqualTo(1);
        assertThat(store.checkpoints().history())
                .extracting(Checkpoints.Info::intact)
                .containsExactly(false, false, true);
    }

    @Test
    void theNewestOfAVersionIsFoundBehindNewerOnesOfAnother() throws SQLException {
        save("a", 1, NOON);
        save("a", 1, NOON.plusSeconds(1));
        save("a", 1, NOON.plusSeconds(2));
        save("b", 1, NOON.plusSeconds(3));
        save("a", 2, NOON.plusSeconds(4));
        save("a", 2, NOON.plusSeconds(5));
        damage("sha256 = x'00' WHERE version = 1 AND owner = 'a' AND time % 10000 = 2000");

        assertThat(store.checkpoints().latest("a", 1))
                .contains(checkpoint("a", 1, NOON.plusSeconds(1)));
        assertThat(store.checkpoints().latest("a", 2))
                .contains(checkpoint("a", 2, NOON.plusSeconds(5)));
        assertThat(store.checkpoints().latest("a", 3)).isEmpty();
        assertThat(store.checkpoints().history()).hasSize(6);
    }

    private void damage(String change) throws SQLException {
        try (Connection other = store.open();
                Statement statement = other.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE checkpoints SET " + change)).isOne();
        }
    }

    private void save(String owner, int n, Instant time) {
        await(store.checkpoints().save(checkpoint(owner, n, time)));
    }

    private static Checkpoint checkpoint(String owner, int n, Instant time) {
        return new Checkpoint(owner, n, time, "{\"n\":" + n + ",\"ö\":1}");
    }
}
