package io.visionops.health.internal.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.alert.Alert;
import io.visionops.api.alert.Alert.State;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertRoundsTest {

    private static final Actor OLGA = Actor.user("olga");
    private static final String DISK = "visionops.health.disk";

    private static final String DISK_RULE =
            """
            rule.disk.check = visionops.health.disk
            rule.disk.for = 2m
            rule.disk.clear.for = 5m
            rule.disk.escalate = 15m, 60m
            """;

    private static final String AT_ONCE = "rule.disk.check = visionops.health.disk\n";

    private static final String FPS =
            """
            rule.slow.metric = visionops_camera_fps
            rule.slow.below = 1
            rule.slow.clear = 3
            rule.slow.clear.for = 1m
            """;

    @TempDir Path folder;

    @Test
    void aFaultIsToldWhenItHasLastedAndWhenItIsOver() {
        AlertBench bench = new AlertBench(folder, DISK_RULE);
        bench.check(DISK, HealthStatus.CRITICAL);

        bench.pass(Duration.ofSeconds(120));
        assertThat(bench.alert("disk").state()).isEqualTo(State.PENDING);
        assertThat(bench.told()).isEmpty();

        bench.pass(Duration.ofSeconds(5));
        Alert alert = bench.alert("disk");
        assertThat(alert.state()).isEqualTo(State.FIRING);
        assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.subject()).isEqualTo(Subject.parse("check/" + DISK));
        assertThat(alert.remedy()).isEqualTo("mend " + DISK);
        assertThat(alert.since()).isEqualTo(AlertBench.NOON.plusSeconds(5));
        assertThat(bench.told()).containsExactly("disk fires: " + DISK + " is CRITICAL");

        bench.check(DISK, HealthStatus.OK);
        bench.pass(Duration.ofMinutes(5));
        assertThat(bench.alert("disk").state()).isEqualTo(State.FIRING);
        bench.pass(Duration.ofSeconds(5));

        assertThat(bench.alert("disk").state()).isEqualTo(State.RESOLVED);
        assertThat(bench.told()).hasSize(2);
        assertThat(bench.told().get(1)).startsWith("disk is over after 425s: ");
        assertThat(bench.records()).hasSize(2).allMatch(one -> one.kind().equals("alert"));
        assertThat(bench.records().get(0).body())
                .contains("\"what\":\"firing\"", "\"rule\":\"disk\"", "\"severity\":\"CRITICAL\"");
    }

    @Test
    void aFaultThatDoesNotLastIsNotTold() {
        AlertBench bench = new AlertBench(folder, DISK_RULE);

        bench.check(DISK, HealthStatus.CRITICAL);
        bench.pass(Duration.ofSeconds(110));
        bench.check(DISK, HealthStatus.OK);
        bench.pass(Duration.ofSeconds(5));

        assertThat(bench.rounds.alerts()).isEmpty();
        bench.check(DISK, HealthStatus.CRITICAL);
        bench.pass(Duration.ofSeconds(110));
        assertThat(bench.told()).isEmpty();
    }

    @Test
    void aWarningIsNothingToARuleAboutWhatIsCritical() {
        AlertBench bench =
                new AlertBench(
                        folder, AT_ONCE + "rule.all.check = " + DISK + "\nrule.all.when = warn\n");

        bench.check(DISK, HealthStatus.WARN);
        bench.look();
        assertThat(bench.has("disk")).isFalse();
        assertThat(bench.alert("all").severity()).isEqualTo(Severity.WARNING);

        bench.check(DISK, HealthStatus.HEALTH_CHECK_ERROR);
        bench.look();
        assertThat(bench.has("disk")).isFalse();
        assertThat(bench.alert("all").state()).isEqualTo(State.FIRING);
    }

    @Test
    void aPartThatIsBeingReplacedChangesNothing() {
        AlertBench bench = new AlertBench(folder, AT_ONCE);

        bench.check(DISK, HealthStatus.TEMPORARILY_UNAVAILABLE);
        bench.look();
        assertThat(bench.rounds.alerts()).isEmpty();

        bench.check(DISK, HealthStatus.CRITICAL);
        bench.look();
        bench.check(DISK, HealthStatus.TEMPORARILY_UNAVAILABLE);
        bench.pass(Duration.ofMinutes(20));
        assertThat(bench.alert("disk").state()).isEqualTo(State.FIRING);
    }

    @Test
    void betweenLimitAndClearValueAnAlertStaysAsItIs() {
        AlertBench bench = new AlertBench(folder, FPS);
        bench.fps("yard", 2);
        bench.look();
        assertThat(bench.rounds.alerts()).isEmpty();

        bench.fps("yard", 0);
        bench.look();
        bench.fps("yard", 2);
        bench.pass(Duration.ofMinutes(10));
        assertThat(bench.alert("slow").state()).isEqualTo(State.FIRING);
        assertThat(bench.alert("slow").subject()).isEqualTo(Subject.parse("rule/slow"));
        assertThat(bench.alert("slow").cause())
                .isEqualTo("camera/yard: visionops_camera_fps is 0, below 1");

        bench.fps("yard", 3);
        bench.pass(Duration.ofSeconds(70));
        assertThat(bench.alert("slow").state()).isEqualTo(State.RESOLVED);
    }

    @Test
    void whatFlapsOnceASecondForAnHourIsToldThreeTimesAtMost() {
        AlertBench bench = new AlertBench(folder, AT_ONCE + FPS);

        for (int second = 0; second < 3600; second++) {
            bench.check(DISK, second % 2 == 0 ? HealthStatus.CRITICAL : HealthStatus.OK);
            bench.fps("yard", second % 2 == 0 ? 0 : 5);
            bench.clock.advance(Duration.ofSeconds(1));
            bench.look();
        }
        bench.check(DISK, HealthStatus.OK);
        bench.fps("yard", 5);
        bench.pass(Duration.ofMinutes(10));

        assertThat(bench.told().stream().filter(one -> one.startsWith("disk"))).hasSize(2);
        assertThat(bench.told().stream().filter(one -> one.startsWith("slow"))).hasSize(2);
    }

    @Test
    void whatComesAndGoesSlowlyIsToldOnceAMinuteAtMostAndSoManyTimesAnHour() {
        AlertBench bench =
                new AlertBench(
                        folder,
                        AT_ONCE.replace("disk.check", "disk.clear.for = 10s\nrule.disk.check"));

        for (int i = 0; i < 7200 / 40; i++) {
            bench.check(DISK, HealthStatus.CRITICAL);
            bench.pass(Duration.ofSeconds(20));
            bench.check(DISK, HealthStatus.OK);
            bench.pass(Duration.ofSeconds(20));
        }
        List<Event> events = bench.journal.events();

        assertThat(events.size()).isBetween(30, 60);
        for (int i = 1; i < events.size(); i++) {
            assertThat(Duration.between(events.get(i - 1).time(), events.get(i).time()))
                    .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        }
        bench.pass(Duration.ofHours(2));
        assertThat(bench.told().get(bench.told().size() - 1))
                .containsPattern("is over|came and went");
        assertThat(bench.told().toString()).contains("changes left out");
    }

    @Test
    void warningsLeaveRoomForWhatIsCritical() {
        StringBuilder text = new StringBuilder(AT_ONCE);
        List<String> checks =
                KnownNames.ofThisRelease().checks().stream()
                        .filter(one -> !one.equals(DISK))
                        .toList();
        for (String check : checks) {
            String name = check.replace('.', '_');
            text.append("rule.%s.check = %s\nrule.%s.when = warn\n".formatted(name, check, name));
        }
        AlertBench bench = new AlertBench(folder, text.toString());
        checks.forEach(check -> bench.check(check, HealthStatus.WARN));
        bench.look();
        int warnings = bench.told().size();
        assertThat(warnings).isLessThanOrEqualTo(20);

        bench.check(DISK, HealthStatus.CRITICAL);
        bench.pass(AlertBench.LOOK);

        assertThat(bench.told()).hasSize(warnings + 1);
        assertThat(bench.told().get(warnings)).startsWith("disk fires");
    }

    @Test
    void fiveHundredCamerasAtOnceAreOneAlert() {
        AlertBench bench = new AlertBench(folder, FPS.replace("clear.for = 1m", "for = 1m"));
        for (int i = 0; i < 500; i++) {
            bench.fps("c" + i, 0);
            if (i % 100 == 99) {
                bench.pass(AlertBench.LOOK);
            }
        }

        bench.pass(Duration.ofMinutes(30));

        assertThat(bench.told()).hasSize(2);
        assertThat(bench.told().get(0)).startsWith("slow fires: 100 at once");
        assertThat(bench.told().get(1)).startsWith("slow is about more: 500 at once");
        assertThat(bench.rounds.alerts()).hasSize(1);
        assertThat(bench.alert("slow").affected()).hasSize(500).contains("camera/c499");
    }

    @Test
    void fiveHundredCamerasWithAnAlertEachAreToldAtOnce() {
        AlertBench bench = new AlertBench(folder, FPS + "rule.slow.group.by = camera\n");
        for (int i = 0; i < 500; i++) {
            bench.fps("c" + i, 0);
        }

        bench.pass(Duration.ofMinutes(10));

        assertThat(bench.rounds.alerts()).hasSize(500);
        assertThat(bench.told()).hasSize(1);
        assertThat(bench.told().get(0)).contains("and 480 more");
        assertThat(bench.records().get(0).body()).contains("\"more\":480");
    }

    @Test
    void aCameraThatIsRemovedIsOver() {
        AlertBench bench = new AlertBench(folder, FPS);
        bench.fps("yard", 0);
        bench.look();

        bench.removeCamera("yard");
        bench.pass(Duration.ofSeconds(25));
        assertThat(bench.alert("slow").state()).isEqualTo(State.FIRING);
        bench.pass(Duration.ofSeconds(75));

        assertThat(bench.alert("slow").state()).isEqualTo(State.RESOLVED);
    }

    @Test
    void whatARootCauseExplainsIsListedWithItAndNotTold() {
        AlertBench bench =
                new AlertBench(
                        folder,
                        AT_ONCE
                                + """
                                rule.database.check = visionops.store.open
                                rule.journal.check = visionops.*.journal
                                """);
        bench.check(DISK, HealthStatus.CRITICAL);
        bench.check("visionops.store.open", HealthStatus.CRITICAL);
        bench.check("visionops.ingest.journal", HealthStatus.CRITICAL);
        bench.check("visionops.inference.journal", HealthStatus.CRITICAL);

        bench.pass(Duration.ofMinutes(2));

        assertThat(bench.told()).hasSize(1);
        assertThat(bench.told().get(0)).startsWith("disk fires");
        Alert root = bench.alert("disk");
        assertThat(root.affected())
                .containsExactlyInAnyOrder(
                        DISK,
                        "visionops.store.open",
                        "visionops.ingest.journal",
                        "visionops.inference.journal");
        assertThat(bench.alert("database").state()).isEqualTo(State.INHIBITED);
        assertThat(bench.alert("journal").inhibitedBy()).contains(root.id());

        bench.check(DISK, HealthStatus.OK);
        bench.pass(Duration.ofMinutes(6));
        assertThat(bench.told().toString()).contains("disk is over", "database fires");
    }

    @Test
    void aWarningAboutTheCauseDoesNotHideWhatIsCritical() {
        AlertBench bench =
                new AlertBench(
                        folder,
                        """
                        rule.cpu.check = visionops.health.cpu
                        rule.cpu.when = warn
                        rule.analysis.check = visionops.inference.progress
                        """);
        bench.check("visionops.health.cpu", HealthStatus.CRITICAL);
        bench.check("visionops.inference.progress", HealthStatus.CRITICAL);

        bench.look();

        assertThat(bench.alert("analysis").state()).isEqualTo(State.FIRING);
        assertThat(bench.told()).hasSize(2);
    }

    @Test
    void ofTwoAlertsAboutOneCheckTheWorseIsTold() {
        AlertBench bench =
                new AlertBench(
                        folder,
                        AT_ONCE
                                + """
                                rule.disk-warn.check = visionops.health.disk
                                rule.disk-warn.when = warn
                                """);
        bench.check(DISK, HealthStatus.CRITICAL);

        bench.look();

        assertThat(bench.told()).hasSize(1);
        assertThat(bench.alert("disk-warn").state()).isEqualTo(State.INHIBITED);
    }

    @Test
    void aRuleThatAnotherOneInhibitsIsToldWhenThatIsOver() {
        AlertBench bench =
                new AlertBench(folder, AT_ONCE + FPS + "rule.slow.inhibited.by = disk\n");
        bench.check(DISK, HealthStatus.CRITICAL);
        bench.fps("yard", 0);
        bench.pass(Duration.ofMinutes(2));
        assertThat(bench.told()).hasSize(1);

        bench.check(DISK, HealthStatus.OK);
        bench.pass(Duration.ofMinutes(6));

        assertThat(bench.told()).hasSize(3);
        assertThat(bench.told().get(2)).startsWith("slow fires");
    }

    @Test
    void aSilenceEndsByItselfAndWhatStillFiresIsToldThen() {
        AlertBench bench = new AlertBench(folder, AT_ONCE);
        bench.rounds.silence("disk", Duration.ofHours(2), OLGA, "new disk comes");
        bench.check(DISK, HealthStatus.CRITICAL);

        bench.pass(Duration.ofMinutes(119));
        assertThat(bench.alert("disk").state()).isEqualTo(State.SILENCED);
        assertThat(bench.alert("disk").silencedUntil())
                .contains(AlertBench.NOON.plus(Duration.ofHours(2)));
        assertThat(bench.told()).hasSize(1);
        assertThat(bench.told().get(0)).contains("user/olga", "new disk comes");
        assertThat(bench.records().get(0).actor()).isEqualTo(OLGA);

        bench.pass(Duration.ofMinutes(2));
        assertThat(bench.rounds.silences()).isEmpty();
        assertThat(bench.told()).hasSize(2);
        assertThat(bench.told().get(1)).startsWith("disk fires");
    }

    @Test
    void aClockThatIsSetBackMakesNoSilenceLonger() {
        AlertBench bench = new AlertBench(folder, AT_ONCE);
        bench.rounds.silence("disk", Duration.ofMinutes(10), OLGA, "");

        bench.clock.jump(Duration.ofDays(-3));
        bench.pass(Duration.ofMinutes(11));

        assertThat(bench.rounds.silences()).isEmpty();
    }

    @Test
    void aSilenceOfOneCameraLeavesTheOthers() {
        AlertBench bench = new AlertBench(folder, FPS);
        bench.rounds.silence("camera/yard", Duration.ofHours(1), OLGA, "");
        bench.fps("yard", 0);
        bench.look();
        assertThat(bench.alert("slow").state()).isEqualTo(State.SILENCED);

        bench.fps("gate", 0);
        bench.look();
        assertThat(bench.alert("slow").state()).isEqualTo(State.FIRING);

        String id = bench.rounds.silences().get(0).id();
        bench.rounds.unsilence(id, OLGA);
        assertThat(bench.rounds.silences()).isEmpty();
        assertThat(bench.told().toString()).contains("the silence of camera/yard is ended");
    }

    @Test
    void aSilenceNeedsARuleOrASubjectAndAnEnd() {
        AlertBench bench = new AlertBench(folder, AT_ONCE);

        assertThatThrownBy(() -> bench.rounds.silence("dusk", Duration.ofHours(1), OLGA, ""))
                .hasMessageContaining("there is no rule dusk");
        assertThatThrownBy(() -> bench.rounds.silence("CAMERA/x", Duration.ofHours(1), OLGA, ""))
                .hasMessageContaining("no subject");
        assertThatThrownBy(() -> bench.rounds.silence("disk", Duration.ofDays(31), OLGA, ""))
                .hasMessageContaining("1m to 30d");
        assertThatThrownBy(() -> bench.rounds.silence("disk", Duration.ofHours(1), OLGA, "a\nb"))
                .hasMessageContaining("one line");
        assertThatThrownBy(() -> bench.rounds.unsilence("9", OLGA))
                .hasMessageContaining("no silence 9");
    }

    @Test
    void whatNobodyAcknowledgesIsToldAgainStepByStep() {
        AlertBench bench = new AlertBench(folder, DISK_RULE);
        bench.check(DISK, HealthStatus.CRITICAL);

        bench.pass(Duration.ofHours(5));

        assertThat(bench.told()).hasSize(3);
        assertThat(bench.told().get(1)).startsWith("disk is not acknowledged, step 1 of 2");
        assertThat(bench.told().get(2)).startsWith("disk is not acknowledged, step 2 of 2");
        assertThat(bench.alert("disk").step()).isEqualTo(2);
        assertThat(
                        Duration.between(
                                bench.journal.events().get(0).time(),
                                bench.journal.events().get(2).time()))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void whatIsAcknowledgedIsNotEscalated() {
        AlertBench bench = new AlertBench(folder, DISK_RULE);
        bench.check(DISK, HealthStatus.CRITICAL);
        bench.pass(Duration.ofMinutes(10));

        Alert acknowledged = bench.rounds.acknowledge(bench.alert("disk").id(), OLGA);
        bench.pass(Duration.ofHours(3));

        assertThat(acknowledged.state()).isEqualTo(State.ACKNOWLEDGED);
        assertThat(bench.alert("disk").acknowledgedBy()).contains(OLGA);
        assertThat(bench.told()).hasSize(2);
        assertThat(bench.told().get(1)).startsWith("disk is acknowledged by user/olga");
        assertThat(bench.records().get(1).actor()).isEqualTo(OLGA);
    }

    @Test
    void anAcknowledgementIsNotOfWhatJoinsLater() {
        AlertBench bench = new AlertBench(folder, FPS + "rule.slow.escalate = 15m\n");
        bench.fps("yard", 0);
        bench.look();
        bench.rounds.acknowledge(bench.alert("slow").id(), OLGA);
        bench.pass(Duration.ofMinutes(20));

        bench.fps("gate", 0);
        bench.pass(Duration.ofMinutes(20));

        assertThat(bench.told()).hasSize(4);
        assertThat(bench.told().get(2)).startsWith("slow is about more: 2 at once");
        assertThat(bench.told().get(3)).startsWith("slow is not acknowledged, step 1 of 1");
        assertThat(bench.alert("slow").state()).isEqualTo(State.FIRING);
    }

    @Test
    void whatDoesNotFireCannotBeAcknowledged() {
        AlertBench bench = new AlertBench(folder, DISK_RULE);
        bench.check(DISK, HealthStatus.CRITICAL);
        bench.look();
        String id = bench.alert("disk").id();

        assertThatThrownBy(() -> bench.rounds.acknowledge(id, OLGA))
                .hasMessage("alert " + id + " does not fire: it is pending");
        assertThatThrownBy(() -> bench.rounds.acknowledge("99", OLGA))
                .hasMessage("there is no open alert 99");
    }

    @Test
    void aLeapOfTheClockNeitherFiresNorDelays() {
        AlertBench bench = new AlertBench(folder, DISK_RULE);
        bench.check(DISK, HealthStatus.CRITICAL);
        bench.pass(Duration.ofSeconds(30));

        bench.clock.jump(Duration.ofDays(400));
        bench.pass(Duration.ofSeconds(60));
        assertThat(bench.told()).isEmpty();
        bench.clock.jump(Duration.ofDays(-800));
        bench.pass(Duration.ofSeconds(40));

        assertThat(bench.told()).hasSize(1);
    }

    @Test
    void aRuleThatIsTakenOutEndsItsAlert() {
        AlertBench bench = new AlertBench(folder, AT_ONCE);
        bench.check(DISK, HealthStatus.CRITICAL);
        bench.look();

        bench.write("# none\n");
        bench.pass(Duration.ofMinutes(2));

        assertThat(bench.alert("disk").state()).isEqualTo(State.RESOLVED);
        assertThat(bench.told()).hasSize(2);
    }

    @Test
    void rulesTellHowManyOfTheirAlertsFire() {
        AlertBench bench =
                new AlertBench(folder, FPS + "rule.slow.group.by = camera\n" + DISK_RULE);
        bench.fps("yard", 0);
        bench.fps("gate", 0);
        bench.check(DISK, HealthStatus.CRITICAL);
        bench.look();

        assertThat(bench.rounds.rules().rules())
                .extracting(rule -> rule.name() + " " + rule.pending() + " " + rule.firing())
                .containsExactly("disk 1 0", "slow 0 2");
        assertThat(bench.rounds.status().readings())
                .extracting(reading -> reading.tags() + " " + reading.value())
                .containsExactly("[tag(severity=warning)] 2.0", "[tag(severity=critical)] 0.0");
    }
}
