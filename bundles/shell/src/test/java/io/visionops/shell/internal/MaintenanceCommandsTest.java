package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.database.DatabaseMaintenance;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MaintenanceCommandsTest extends ShellTest {

    private final FakeMaintenance maintenance = new FakeMaintenance();

    @BeforeEach
    void offer() {
        console.offer(DatabaseMaintenance.class, maintenance);
    }

    @Test
    void aCheckTellsHowFarItIsAndThatAllIsSound() {
        assertThat(console.run("integrity-check"))
                .contains("1000 rows, events ...")
                .contains("2500 rows were compared with their checksums within 3s: all is sound");
        assertThat(console.run("integrity-check --full --json"))
                .isEqualTo(
                        """
                        {"good":true,"full":true,"begun":"2026-01-01T10:00:00.000Z","millis":3000,\
                        "rows":2500,"damage":[]}
                        """);
        assertThat(maintenance.calls)
                .containsExactly("check false part/shell", "check true part/shell");
    }

    @Test
    void damageIsNamedAndEndsTheCommandAsAFailure() {
        maintenance.damage = List.of(FakeMaintenance.DAMAGE);

        assertThat(console.fail("integrity-check"))
                .contains("the database is damaged", "database-repaired");
        assertThat(console.fail("integrity-check --json"))
                .contains("\"table\":\"events\",\"row\":\"seq=7\"");
    }

    @Test
    void maintenanceTellsWhatItHasGivenBackAndForHowLongTheWriterWasHeld() {
        assertThat(console.run("maintenance"))
                .contains("50.0 MB before, 20.0 MB after", "held for 17 ms at most")
                .contains("the log is not emptied: it is being read");
        assertThat(console.run("maintenance --json"))
                .contains("\"bytesBefore\":50000000", "\"longestHoldMillis\":17");
    }

    @Test
    void aRefusalIsOneLine() {
        maintenance.refusal = Optional.of("refused: 164 MB are needed");

        assertThat(console.fail("maintenance --full")).isEqualTo("refused: 164 MB are needed\n");
        assertThat(maintenance.calls).containsExactly("maintain true part/shell");
    }
}
