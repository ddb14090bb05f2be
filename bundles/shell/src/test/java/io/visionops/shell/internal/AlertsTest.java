package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.alert.Alert;
import io.visionops.api.alert.AlertRule;
import io.visionops.api.alert.AlertRules;
import io.visionops.api.alert.Alerts;
import io.visionops.api.alert.Silence;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertsTest extends ShellTest {

    private final FakeAlerts alerts = new FakeAlerts();

    @BeforeEach
    void offer() {
        console.offer(Alerts.class, alerts);
    }

    private static Alert alert(String id, String rule, Alert.State state) {
        return new Alert(
                id,
                rule,
                Subject.parse("check/visionops.health.disk"),
                Severity.CRITICAL,
                state,
                "0.4 GB are free",
                NOW.minusSeconds(125),
                state == Alert.State.PENDING ? Optional.empty() : Optional.of(NOW),
                Optional.empty(),
                List.of("visionops.health.disk"),
                state == Alert.State.INHIBITED ? Optional.of("1") : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                "make room",
                "");
    }

    @Test
    void whatFiresIsShownWithWhatToDoAndTheRestOnRequest() {
        assertThat(console.run("alert-list"))
                .containsPattern("1 .*disk-critical .*critical .*firing .*2m 5s .*0.4 GB are free")
                .contains("1: make room")
                .containsPattern("7 .*cameras .*user/olga .*the switch")
                .doesNotContain("pending", "inhibited");
        assertThat(console.run("alert-list --all"))
                .contains("pending", "inhibited by 1")
                .doesNotContain("3: make room");
    }

    @Test
    void asJson() {
        assertThat(console.run("alert-list --json"))
                .isEqualTo(
                        """
                        {"alerts":[{"id":"1","rule":"disk-critical",\
                        "subject":"check/visionops.health.disk","severity":"critical",\
                        "state":"firing","cause":"0.4 GB are free",\
                        "since":"2026-01-01T11:57:55.000Z",\
                        "firedAt":"2026-01-01T12:00:00.000Z","resolvedAt":null,\
                        "affected":["visionops.health.disk"],"inhibitedBy":null,\
                        "acknowledgedBy":null,"silencedUntil":null,"step":0,\
                        "remedy":"make room","runbook":""}],\
                        "silences":[{"id":"7","target":"cameras",\
                        "since":"2026-01-01T12:00:00.000Z","until":"2026-01-01T13:00:00.000Z",\
                        "by":"user/olga","reason":"the switch"}]}
                        """);
        assertThat(console.run("alert-rules --json"))
                .isEqualTo(
                        """
                        {"file":"io.visionops.alerts.cfg","loaded":"2026-01-01T12:00:00.000Z",\
                        "errors":["line 3: wrong"],"rules":[{"rule":"disk-critical",\
                        "enabled":true,"severity":"critical",\
                        "condition":"visionops.health.disk is critical","holdFor":"2m",\
                        "clearFor":"5m","inhibitedBy":[],"escalation":["15m","1h"],\
                        "runbook":"","pending":0,"firing":1}]}
                        """);
    }

    @Test
    void somebodyTakesCareOfAnAlert() {
        assertThat(console.run("alert-ack 1"))
                .contains("alert 1 (disk-critical) is acknowledged by part/shell");
        assertThat(console.fail("alert-ack 9")).contains("there is no open alert 9");
        assertThat(console.complete("visionops:alert-ack ")).contains("1").doesNotContain("2");
    }

    @Test
    void aSilenceHasATargetAndAnEnd() {
        assertThat(console.run("alert-silence camera/front --for 2h --reason 'new mast'"))
                .contains("nobody is told of camera/front until ", "alert-unsilence 8 ends it");
        assertThat(alerts.asked).containsExactly("camera/front PT2H new mast");
        assertThat(console.fail("alert-silence camera/front"))
                .contains("--for is missing: it must be a number with ms, s, m, h or d");
        assertThat(console.fail("alert-silence cameras --for long")).contains("--for long: must");
        assertThat(console.fail("alert-silence")).contains("TARGET is missing");
        assertThat(console.complete("visionops:alert-silence ")).contains("disk-critical");
    }

    @Test
    void aSilenceIsEndedByItsId() {
        assertThat(console.run("alert-unsilence 7")).contains("the silence of cameras is over");
        assertThat(console.fail("alert-unsilence 5")).contains("there is no silence 5");
        assertThat(console.complete("visionops:alert-unsilence ")).contains("7");
    }

    @Test
    void rulesAreShownWithWhatIsWrongWithTheirFile() {
        assertThat(console.run("alert-rules"))
                .containsPattern("disk-critical .*critical .*is critical .*2m .*15m, 1h .*1 firing")
                .contains("etc/io.visionops.alerts.cfg is refused: line 3: wrong")
                .contains("the last good rules");
        assertThat(console.status("alert-rules --json")).isEqualTo(1);
    }

    /** One of each. */
    private static final class FakeAlerts implements Alerts {

        final List<String> asked = new ArrayList<>();

        private final Silence silence =
                new Silence(
                        "7",
                        "cameras",
                        NOW,
                        NOW.plusSeconds(3600),
                        Actor.user("olga"),
                        "the switch");

        @Override
        public List<Alert> alerts() {
            return List.of(
                    alert("1", "disk-critical", Alert.State.FIRING),
                    alert("2", "disk", Alert.State.INHIBITED),
                    alert("3", "cpu", Alert.State.PENDING));
        }

        @Override
        public Alert acknowledge(String id, Actor by) {
            Alert one =
                    alerts().stream()
                            .filter(alert -> alert.id().equals(id))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "there is no open alert " + id));
            return new Alert(
                    one.id(),
                    one.rule(),
                    one.subject(),
                    one.severity(),
                    Alert.State.ACKNOWLEDGED,
                    one.cause(),
                    one.since(),
                    one.firedAt(),
                    one.resolvedAt(),
                    one.affected(),
                    one.inhibitedBy(),
                    Optional.of(by),
                    one.silencedUntil(),
                    one.step(),
                    one.remedy(),
                    one.runbook());
        }

        @Override
        public List<Silence> silences() {
            return List.of(silence);
        }

        @Override
        public Silence silence(String target, Duration length, Actor by, String reason) {
            asked.add(target + " " + length + " " + reason);
            return new Silence("8", target, NOW, NOW.plus(length), by, reason);
        }

        @Override
        public Silence unsilence(String id, Actor by) {
            if (!id.equals("7")) {
                throw new IllegalArgumentException("there is no silence " + id + " in force");
            }
            return silence;
        }

        @Override
        public AlertRules rules() {
            return new AlertRules(
                    "io.visionops.alerts.cfg",
                    Optional.of(NOW),
                    List.of(
                            new AlertRule(
                                    "disk-critical",
                                    true,
                                    "visionops.health.disk is critical",
                                    Duration.ofMinutes(2),
                                    Duration.ofMinutes(5),
                                    Severity.CRITICAL,
                                    List.of(),
                                    List.of(Duration.ofMinutes(15), Duration.ofMinutes(60)),
                                    "",
                                    0,
                                    1)),
                    List.of("line 3: wrong"));
        }
    }
}
