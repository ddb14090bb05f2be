package io.visionops.health.internal.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.alert.Alert;
import io.visionops.api.alert.Alert.State;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.subject.Actor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill or a swap leaves. */
class AlertRestartTest {

    private static final Actor OLGA = Actor.user("olga");
    private static final String DISK = "visionops.health.disk";

    private static final String RULES =
            """
            rule.disk.check = visionops.health.disk
            rule.disk.for = 10m
            rule.disk.escalate = 15m, 60m
            """;

    @TempDir Path folder;

    private AlertBench sick() {
        AlertBench bench = new AlertBench(folder, RULES);
        bench.check(DISK, HealthStatus.CRITICAL);
        return bench;
    }

    @Test
    void howLongAFaultHasLastedOutlivesAKill() {
        AlertBench bench = sick();
        bench.pass(Duration.ofMinutes(6));

        bench.kill();
        bench.pass(Duration.ofSeconds(230));
        assertThat(bench.told()).isEmpty();
        bench.pass(Duration.ofSeconds(15));

        assertThat(bench.told()).hasSize(1);
    }

    @Test
    void anAlertThatFiresIsNotToldAgainAfterAKill() {
        AlertBench bench = sick();
        bench.pass(Duration.ofMinutes(11));
        Alert before = bench.alert("disk");

        bench.kill();
        assertThat(bench.alert("disk")).isEqualTo(before);
        bench.booted = false;
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.alert("disk").state()).isEqualTo(State.FIRING);
        bench.booted = true;
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.alert("disk").id()).isEqualTo(before.id());
        assertThat(bench.alert("disk").since()).isEqualTo(before.since());
        assertThat(bench.told()).hasSize(1);
    }

    @Test
    void whatTheJournalHasNotConfirmedIsGivenToItAgainWithTheSameId() throws Exception {
        AlertBench bench = sick();
        bench.confirms = false;
        bench.pass(Duration.ofMinutes(11));
        assertThat(bench.journal.entries()).hasSize(1);

        bench.kill();
        bench.confirms = true;
        bench.kill();
        bench.pass(Duration.ofMinutes(2));

        assertThat(bench.journal.entries()).hasSize(1);
        assertThat(Files.readString(folder.resolve("alerts.json"))).contains("\"unconfirmed\":[]");
    }

    @Test
    void escalationAndAcknowledgementOutliveAKill() {
        AlertBench bench = sick();
        bench.pass(Duration.ofMinutes(20));
        bench.kill();
        bench.pass(Duration.ofMinutes(8));
        assertThat(bench.told()).hasSize(2);
        assertThat(bench.alert("disk").step()).isEqualTo(1);

        bench.rounds.acknowledge(bench.alert("disk").id(), OLGA);
        bench.kill();
        bench.pass(Duration.ofHours(2));

        assertThat(bench.alert("disk").acknowledgedBy()).contains(OLGA);
        assertThat(bench.told()).hasSize(3);
    }

    @Test
    void aSilenceOutlivesAKillAndStillEnds() {
        AlertBench bench = sick();
        bench.rounds.silence("disk", Duration.ofMinutes(30), OLGA, "");

        bench.kill();
        bench.pass(Duration.ofMinutes(29));
        assertThat(bench.rounds.silences()).hasSize(1);
        assertThat(bench.alert("disk").state()).isEqualTo(State.SILENCED);
        bench.pass(Duration.ofMinutes(2));

        assertThat(bench.rounds.silences()).isEmpty();
        assertThat(bench.alert("disk").state()).isEqualTo(State.FIRING);
    }

    @Test
    void aClockThatIsSetBackWhileItIsDownDelaysAndLosesNothing() {
        AlertBench bench = sick();
        bench.pass(Duration.ofMinutes(6));

        bench.clock.jump(Duration.ofDays(-30));
        bench.kill();
        bench.pass(Duration.ofSeconds(610));

        assertThat(bench.alert("disk").state()).isEqualTo(State.FIRING);
        assertThat(bench.told()).hasSize(1);
    }

    @Test
    void whatIsClosedTellsNothingThatItsSuccessorTells() {
        AlertBench bench = sick();
        bench.pass(Duration.ofMinutes(9));
        AlertRounds before = bench.rounds;
        before.close();

        bench.kill();
        bench.clock.advance(Duration.ofMinutes(5));
        before.look();
        bench.look();
        before.look();

        assertThat(bench.told()).hasSize(1);
    }

    @Test
    void whatIsOverAfterARestartIsToldToBeOver() {
        AlertBench bench = sick();
        bench.pass(Duration.ofMinutes(11));

        bench.kill();
        bench.check(DISK, HealthStatus.OK);
        bench.pass(Duration.ofMinutes(6));

        assertThat(bench.told()).hasSize(2);
        bench.kill();
        assertThat(bench.alert("disk").state()).isEqualTo(State.RESOLVED);
    }

    @Test
    void aFileThatCannotBeUnderstoodIsKeptAndAlertsBeginAnew() throws Exception {
        AlertBench bench = sick();
        bench.pass(Duration.ofMinutes(11));
        for (String text :
                new String[] {
                    "",
                    "{",
                    "null",
                    "{\"version\":9}",
                    "{\"version\":1}",
                    "{\"version\":1,\"lastId\":1,\"alerts\":[null],\"silences\":[],\"unconfirmed\":[],\"resolved\":[]}",
                    "{\"version\":1,\"lastId\":1,\"alerts\":[{\"id\":\"1\"}],\"silences\":[],\"unconfirmed\":[],\"resolved\":[]}"
                }) {
            Files.writeString(folder.resolve("alerts.json"), text);

            bench.kill();

            assertThat(bench.rounds.alerts()).as(text).isEmpty();
            assertThat(folder.resolve("alerts.unreadable")).hasContent(text);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaidAndTellsAllTheSame() throws Exception {
        AlertBench bench = sick();
        Files.createDirectories(folder.resolve("alerts.json.new/x"));

        bench.pass(Duration.ofMinutes(11));

        assertThat(bench.told()).hasSize(1);
        assertThat(bench.rounds.status().failure()).isPresent();

        Files.delete(folder.resolve("alerts.json.new/x"));
        Files.delete(folder.resolve("alerts.json.new"));
        bench.pass(Duration.ofSeconds(15));
        assertThat(bench.rounds.status().failure()).isEmpty();
        bench.kill();
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.told()).hasSize(1);
    }
}
