package io.visionops.health.internal.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.health.GovernorStatus;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Actor;
import io.visionops.health.internal.machine.MachineReadings;
import io.visionops.support.meter.Reading;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GovernorRoundsTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final List<Event> events = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    private double temperature = 50;
    private double disk = 0.5;
    private boolean looked = true;
    private @Nullable TestCameras cameras = new TestCameras();
    private GovernorRounds rounds = rounds();

    private TestCameras present() {
        TestCameras there = cameras;
        if (there == null) {
            throw new AssertionError("ingest is away");
        }
        return there;
    }

    private GovernorRounds rounds() {
        return new GovernorRounds(
                () ->
                        looked
                                ? Optional.of(
                                        new MachineReadings(
                                                OptionalDouble.of(20),
                                                OptionalDouble.of(30),
                                                OptionalDouble.of(temperature),
                                                OptionalDouble.of(disk)))
                                : Optional.empty(),
                () -> Optional.ofNullable(cameras),
                GovernorSettings.defaults(),
                new GovernorEvents(
                        clock,
                        made -> {
                            Entry entry = made.apply(UUID.randomUUID());
                            entries.add(entry);
                            entry.event().ifPresent(events::add);
                        }),
                clock,
                clock);
    }

    private GovernorStatus during(Duration length) {
        GovernorStatus status = rounds.look();
        for (long i = 0; i < length.toSeconds(); i += 5) {
            clock.advance(Duration.ofSeconds(5));
            status = rounds.look();
        }
        return status;
    }

    @Test
    void camerasOfLowPriorityAreAskedFirstAndTheReasonGoesWithIt() {
        Camera yard = present().add("yard", 2);
        present().add("gate", 8);
        temperature = 71;

        GovernorStatus status = during(Duration.ofSeconds(65));

        assertThat(present().levelOf("yard")).isEqualTo(ServiceLevel.reduced(5));
        assertThat(present().levelOf("gate")).isEqualTo(ServiceLevel.FULL);
        assertThat(yard.requests())
                .containsExactly(
                        new LevelRequest(
                                Actor.part("governor"),
                                ServiceLevel.reduced(5),
                                "temperature 71.0 degrees, limit 70"));
        assertThat(status.level()).isEqualTo(1);
        assertThat(status.requests())
                .containsExactly(
                        new GovernorStatus.Request(
                                "yard", 2, ServiceLevel.reduced(5), ServiceLevel.reduced(5)));
        assertThat(status.inputs())
                .filteredOn(input -> input.effect() == GovernorStatus.Effect.LOWERS)
                .extracting(GovernorStatus.Input::name)
                .containsExactly("temperature");
    }

    @Test
    void eachChangeIsAnEventWithItsSeverityAndARecord() {
        present().add("yard", 2);
        temperature = 76;
        during(Duration.ofSeconds(15));
        temperature = 60;
        during(Duration.ofSeconds(310));

        assertThat(events)
                .extracting(event -> event.type().word(), Event::severity, Event::detail)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "governor",
                                Severity.CRITICAL,
                                "level 7 instead of 0, all cameras are paused: temperature 76.0"
                                        + " degrees, limit 75"),
                        org.assertj.core.groups.Tuple.tuple(
                                "governor",
                                Severity.INFO,
                                "level 6 instead of 7, motion only on all cameras: nothing is"
                                        + " short any more"));
        assertThat(entries.get(0).facts().toString())
                .contains("\"level\":7", "\"before\":0", "\"input\":\"temperature\"");
    }

    @Test
    void aCameraThatIsAddedLaterIsAskedToo() {
        present().add("yard", 2);
        temperature = 76;
        during(Duration.ofSeconds(15));

        present().add("gate", 8);
        rounds.look();

        assertThat(present().levelOf("gate")).isEqualTo(ServiceLevel.PAUSED);
    }

    @Test
    void whatSomebodyElseAsksForIsLeftAlone() {
        Camera yard = present().add("yard", 2);
        yard.request(new LevelRequest(Actor.user("anna"), ServiceLevel.KEYFRAMES, "night"));
        temperature = 76;
        during(Duration.ofSeconds(15));
        assertThat(yard.requests()).hasSize(2);

        temperature = 50;
        during(Duration.ofHours(2));

        assertThat(yard.requests())
                .extracting(LevelRequest::by)
                .containsExactly(Actor.user("anna"));
    }

    @Test
    void aSwapOfHealthEndsNoPauseAndItsSuccessorGoesOnAndWithdraws() {
        Camera yard = present().add("yard", 2);
        temperature = 76;
        during(Duration.ofSeconds(15));
        temperature = 60;
        rounds.leave();
        rounds.look();
        assertThat(yard.level()).isEqualTo(ServiceLevel.PAUSED);

        rounds = rounds();
        GovernorStatus status = rounds.look();

        assertThat(status.level()).isEqualTo(7);
        assertThat(status.reason()).isEqualTo("temperature 76.0 degrees, limit 75");
        assertThat(yard.level()).isEqualTo(ServiceLevel.PAUSED);
        assertThat(during(Duration.ofHours(1)).level()).isZero();
        assertThat(yard.requests()).isEmpty();
    }

    @Test
    void aRequestThatIsNotMeantAnyMoreIsWithdrawn() {
        Camera yard = present().add("yard", 2);
        rounds.look();

        yard.request(new LevelRequest(CameraPlan.GOVERNOR, ServiceLevel.PAUSED, "of before"));
        rounds.look();

        assertThat(yard.requests()).isEmpty();
    }

    @Test
    void aSwapOfIngestLosesNoRequest() {
        present().add("yard", 2);
        temperature = 76;
        during(Duration.ofSeconds(15));

        cameras = null;
        assertThat(rounds.look().level()).isEqualTo(7);
        cameras = new TestCameras();
        present().add("yard", 2);
        rounds.look();

        assertThat(present().levelOf("yard")).isEqualTo(ServiceLevel.PAUSED);
    }

    @Test
    void aGovernorThatStartsBeforeTheCamerasComeStillFindsWhatStands() {
        TestCameras there = present();
        Camera yard = there.add("yard", 2);
        yard.request(new LevelRequest(CameraPlan.GOVERNOR, ServiceLevel.PAUSED, "heat"));
        cameras = null;
        during(Duration.ofSeconds(20));

        cameras = there;

        assertThat(rounds.look().level()).isEqualTo(7);
        assertThat(yard.level()).isEqualTo(ServiceLevel.PAUSED);
    }

    @Test
    void whoSwitchesItOffHasAllRequestsWithdrawn() {
        present().add("yard", 2);
        temperature = 76;
        during(Duration.ofSeconds(15));
        GovernorSettings on = GovernorSettings.defaults();

        rounds.use(
                new GovernorSettings(
                        false, on.thresholds(), on.holdDown(), on.holdPause(), on.holdUp()));
        GovernorStatus status = during(Duration.ofMinutes(5));

        assertThat(present().levelOf("yard")).isEqualTo(ServiceLevel.FULL);
        assertThat(status.enabled()).isFalse();
        assertThat(events.get(events.size() - 1).detail()).contains("switched off");
    }

    @Test
    void aMachineThatIsNotLookedAtChangesNothing() {
        present().add("yard", 2);
        temperature = 76;
        during(Duration.ofSeconds(15));
        looked = false;

        assertThat(during(Duration.ofHours(1)).level()).isEqualTo(7);
    }

    @Test
    void aFullDiskIsToldOnceAndNoCameraIsAskedForLess() {
        present().add("yard", 2);
        disk = 1.2;

        GovernorStatus status = during(Duration.ofHours(1));

        assertThat(status.level()).isZero();
        assertThat(status.inputs())
                .filteredOn(input -> input.name().equals("disk"))
                .extracting(GovernorStatus.Input::effect)
                .containsExactly(GovernorStatus.Effect.TELLS);
        disk = 0.5;
        during(Duration.ofMinutes(5));
        assertThat(events)
                .extracting(Event::severity)
                .containsExactly(Severity.CRITICAL, Severity.INFO);
    }

    @Test
    void itsCheckWarnsWhileItAsksForLess() {
        present().add("yard", 2);
        assertThat(check(rounds.look()).isOk()).isTrue();
        temperature = 76;

        Result result = check(during(Duration.ofSeconds(15)));

        assertThat(result.getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(result.toString()).contains("76.0 degrees").contains("1 camera is asked");
    }

    private static Result check(GovernorStatus status) {
        FormattingResultLog log = new FormattingResultLog();
        GovernorCheck.judge(status, log);
        return new Result(log);
    }

    @Test
    void itsMetersAreTheLevelAndEachInputByItsThreshold() {
        temperature = 77;
        Map<String, Double> meters = new HashMap<>();
        for (Reading reading : GovernorComponent.readings(during(Duration.ofSeconds(15)))) {
            meters.put(
                    reading.name() + reading.tags().stream().map(tag -> tag.getValue()).toList(),
                    reading.value());
        }

        assertThat(meters)
                .containsEntry("visionops.governor.level[]", 7.0)
                .containsEntry("visionops.governor.pressure[temperature]", 1.1)
                .containsEntry("visionops.governor.pressure[disk]", 0.5)
                .containsKeys(
                        "visionops.governor.pressure[cpu]", "visionops.governor.pressure[memory]")
                .doesNotContainKey("visionops.governor.pressure[queue]");
    }
}
