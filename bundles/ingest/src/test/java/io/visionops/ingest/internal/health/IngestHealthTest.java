package io.visionops.ingest.internal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.visionops.api.camera.CameraChange;
import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.ConfigurationError;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Incident;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.recovery.RecoveryAction.Scope;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.ingest.internal.Observed;
import io.visionops.ingest.internal.camera.CameraListeners;
import io.visionops.support.health.JournalHealth;
import io.visionops.support.journal.JournalCounts;
import io.visionops.support.recovery.TimedRepair;
import io.visionops.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The meters, checks and recovery actions of ingest. */
class IngestHealthTest {

    private static final Actor ANNA = Actor.user("anna");
    private static final JournalCounts IDLE = new JournalCounts(0, 1000, 0, 0, 0, 0);

    @TempDir Path folder;
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeCameras cameras = new FakeCameras();
    private final CameraListeners listeners = new CameraListeners();
    private JournalCounts journal = IDLE;

    @AfterEach
    void stop() {
        listeners.close();
    }

    private IngestSampler sampler() {
        return new IngestSampler(new Observed(cameras, () -> journal, listeners, folder), clock);
    }

    private static void assertThatIt(HealthCheck check, Status status, String... words) {
        assertThat(check.execute().getStatus()).isEqualTo(status);
        StringBuilder all = new StringBuilder();
        for (ResultLog.Entry entry : check.execute()) {
            all.append(entry.getMessage()).append('\n');
        }
        for (String each : words) {
            assertThat(all).contains(each);
        }
    }

    private CamerasCheck looked(IngestSampler sampler) {
        sampler.sampler().sample();
        return new CamerasCheck(sampler);
    }

    @Test
    void withoutACameraAllIsWellAndTheCheckSaysHowToAddOne() {
        assertThatIt(looked(sampler()), Status.OK, "no camera is enabled: add one");
    }

    @Test
    void offlineCamerasAreNamedWithTheirCausesByTheNumberOfThem() {
        for (int i = 0; i < 10; i++) {
            cameras.add("hall" + i);
        }
        assertThatIt(looked(sampler()), Status.OK, "10 of 10 cameras bring pictures");

        cameras.add("gate").lost(Cause.UNAUTHORISED);
        assertThatIt(looked(sampler()), Status.OK, "gate: the camera refuses the user or password");
        cameras.add("yard").lost(Cause.TIMEOUT);
        assertThatIt(
                looked(sampler()),
                Status.WARN,
                "2 of 12 cameras are offline: gate: ",
                "yard: the camera does not answer",
                "camera-test NAME");
        for (int i = 0; i < 3; i++) {
            cameras.add("roof" + i).lost(Cause.TIMEOUT);
        }
        assertThatIt(looked(sampler()), Status.CRITICAL, "5 of 15 cameras are offline");
    }

    @Test
    void camerasThatAreLostByOneCauseAreOneFault() {
        for (int i = 0; i < 5; i++) {
            cameras.add("hall" + i);
        }
        cameras.add("gate").lost(Cause.TIMEOUT);
        cameras.add("yard").lost(Cause.TIMEOUT);
        cameras.add("roof").lost(Cause.UNAUTHORISED);
        IngestSampler sampler = sampler();
        assertThatIt(new IncidentsCheck(sampler), Status.OK);
        cameras.incidents.add(
                new Incident(
                        clock.instant(), List.of("gate", "yard"), "2 of 8 cameras in 10.0.0.0/24"));

        assertThatIt(
                looked(sampler),
                Status.WARN,
                "3 of 8 cameras are offline: roof: the camera refuses the user or password; 2"
                        + " together, see visionops.ingest.incidents.");
        assertThatIt(
                new IncidentsCheck(sampler),
                Status.WARN,
                "2 of 8 cameras in 10.0.0.0/24: gate, yard");

        cameras.add("shed").lost(Cause.TIMEOUT);
        cameras.add("lift").lost(Cause.TIMEOUT);
        sampler.sampler().sample();
        assertThatIt(new IncidentsCheck(sampler), Status.CRITICAL);

        cameras.incidents.clear();
        cameras.incidents.add(new Incident(clock.instant(), List.of(), "it stood still for 2 s"));
        sampler.sampler().sample();
        assertThatIt(new IncidentsCheck(sampler), Status.OK, "it stood still for 2 s");
    }

    @Test
    void lessThanHalfOfTheCamerasIsCritical() {
        cameras.add("front");
        cameras.add("gate").lost(Cause.TIMEOUT);
        assertThatIt(looked(sampler()), Status.OK, "1 of 2 cameras are offline");

        cameras.add("yard").lost(Cause.TIMEOUT);
        assertThatIt(looked(sampler()), Status.CRITICAL, "2 of 3 cameras are offline");
    }

    @Test
    void aCameraThatIsTriedForTheFirstTimeIsNotOffline() {
        cameras.add("front").state = CameraState.CONNECTING;

        assertThatIt(looked(sampler()), Status.OK, "0 of 1 cameras bring pictures");
    }

    @Test
    void aFileThatIsRefusedIsAWarning() {
        cameras.add("front");
        cameras.refusals.add(
                new ConfigurationError("io.visionops.camera-yard.cfg", "url is missing"));

        assertThatIt(
                looked(sampler()),
                Status.WARN,
                "etc/io.visionops.camera-yard.cfg is not in force: url is missing");
    }

    @Test
    void aCameraThatIsSaidToStreamAndHasNoFramesIsNotLookedAfter() {
        FakeCameras.Scripted front = cameras.add("front");
        front.lastFrame = Optional.of(clock.instant());
        IngestSampler sampler = sampler();
        FramesCheck check = new FramesCheck(sampler);
        sampler.sampler().sample();
        assertThatIt(check, Status.OK, "1 cameras bring frames");

        clock.advance(Duration.ofSeconds(46));
        sampler.sampler().sample();
        assertThatIt(check, Status.WARN, "camera front", "no frame for 46 s");
        clock.advance(Duration.ofSeconds(45));
        sampler.sampler().sample();
        assertThatIt(check, Status.CRITICAL, "no frame for 91 s", "visionops restart");
        front.lastFrame = Optional.of(clock.instant());
        sampler.sampler().sample();
        assertThatIt(check, Status.OK);
        clock.advance(Duration.ofSeconds(100));
        front.lost(Cause.TIMEOUT);
        sampler.sampler().sample();
        assertThatIt(check, Status.OK);
    }

    @Test
    void aPartThatIsNotSampledAnyMoreIsCriticalInEveryCheck() {
        IngestSampler sampler = sampler();
        sampler.sampler().sample();
        clock.advance(Duration.ofSeconds(16));

        assertThatIt(new FramesCheck(sampler), Status.CRITICAL, "ingest has not told for 16 s");
        assertThatIt(new CamerasCheck(sampler), Status.CRITICAL, "visionops restart");
        assertThatIt(new JournalCheck(sampler), Status.CRITICAL);
    }

    @Test
    void entriesThatWaitAndEntriesThatAreLostAreTold() {
        IngestSampler sampler = sampler();
        JournalCheck check = new JournalCheck(sampler);
        journal = new JournalCounts(3, 1000, 0, 0, 0, 0);
        sampler.sampler().sample();
        assertThatIt(check, Status.OK, "3 entries wait");

        clock.advance(Duration.ofSeconds(61));
        sampler.sampler().sample();
        assertThatIt(check, Status.WARN, "3 of at most 1000 entries", "for 61 s");
        journal = new JournalCounts(500, 1000, 0, 0, 0, 0);
        sampler.sampler().sample();
        assertThatIt(check, Status.WARN, "visionops.store.open");
        journal = new JournalCounts(0, 1000, 0, 2, 1, 0);
        sampler.sampler().sample();
        assertThatIt(check, Status.CRITICAL, "2 events and 1 other entries are lost");
        clock.advance(JournalHealth.RECENT.plusSeconds(1));
        sampler.sampler().sample();
        assertThatIt(check, Status.OK);
    }

    @Test
    void metersOfACameraComeWithItAndGoWithIt() {
        FakeCameras.Scripted front = cameras.add("front");
        front.counts = new FrameCounts(10, 6, 1, Map.of("overflow", 3L), 2);
        front.lastFrame = Optional.of(Instant.ofEpochSecond(1000, 500_000_000));
        IngestSampler sampler = sampler();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new IngestMeters(sampler).bindTo(registry);
        sampler.sampler().sample();

        assertThat(registry.get("visionops.camera.up").tag("camera", "front").gauge().value())
                .isEqualTo(1);
        assertThat(registry.get("visionops.camera.frames").functionCounter().count()).isEqualTo(10);
        assertThat(
                        registry.get("visionops.camera.frames.dropped")
                                .tags("camera", "front", "reason", "overflow")
                                .functionCounter()
                                .count())
                .isEqualTo(3);
        assertThat(registry.get("visionops.camera.last.frame.timestamp").gauge().value())
                .isEqualTo(1000.5);
        assertThat(registry.get("visionops.camera.reconnects").functionCounter().count())
                .isEqualTo(2);
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .allSatisfy(id -> assertThat(id.getDescription()).isNotBlank());
        cameras.all.clear();
        sampler.sampler().sample();
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .filteredOn(id -> id.getTag("camera") != null)
                .isEmpty();
    }

    @Test
    void errorsAreCountedByCauseAndGoOnAfterASwap() {
        cameras.add("front");
        IngestSampler before = sampler();
        listeners.tell(change(CameraState.BACKOFF, Cause.TIMEOUT));
        listeners.tell(change(CameraState.CONNECTING, Cause.TIMEOUT));
        listeners.tell(change(CameraState.BACKOFF, Cause.TIMEOUT));
        await().until(() -> errors(before) == 2);
        journal = new JournalCounts(0, 1000, 1, 2, 0, 0);
        before.sampler().sample();
        before.close();

        journal = IDLE;
        IngestSampler after = sampler();
        assertThat(errors(after)).isEqualTo(2);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        after.meters().bindTo(registry);
        after.sampler().sample();
        assertThat(
                        registry.get("visionops.ingest.journal.dropped")
                                .tag("kind", "event")
                                .functionCounter()
                                .count())
                .isEqualTo(2);
    }

    private static double errors(IngestSampler sampler) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        sampler.meters().bindTo(registry);
        sampler.sampler().sample();
        var counter =
                registry.find("visionops.camera.errors")
                        .tags("camera", "front", "cause", "timeout")
                        .functionCounter();
        return counter == null ? 0 : counter.count();
    }

    private static CameraChange change(CameraState state, Cause cause) {
        return new CameraChange("front", state, Instant.EPOCH, Optional.of(new Fault(cause, "")));
    }

    @Test
    void aCameraIsConnectedAnewWhenThatIsAskedFor() {
        FakeCameras.Scripted front = cameras.add("front");
        try (TimedRepair reconnect = IngestRepairs.reconnect(cameras)) {
            assertThat(reconnect.name()).isEqualTo("ingest.reconnect");
            assertThat(reconnect.scope()).isEqualTo(Scope.CHILD);
            assertThat(reconnect.targets()).containsExactly(Subject.camera("front"));
            RecoveryResult result = reconnect.run(Subject.camera("front"), "silent", ANNA);

            assertThat(result.done()).isTrue();
            assertThat(front.asked).containsExactly("reconnect");
        }
    }

    @Test
    void aDecoderIsReplacedWhereThereIsOne() {
        cameras.add("front");
        FakeCameras.Scripted yard = cameras.add("yard").decoded();
        try (TimedRepair replace = IngestRepairs.replaceDecoder(cameras)) {
            assertThat(replace.targets()).containsExactly(Subject.camera("yard"));
            assertThat(replace.run(Subject.camera("yard"), "it grows", ANNA).done()).isTrue();

            assertThat(yard.asked).containsExactly("renew");
        }
    }
}
