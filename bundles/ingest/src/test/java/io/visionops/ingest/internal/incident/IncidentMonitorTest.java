package io.visionops.ingest.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Incident;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.ingest.internal.connect.StartRateLimiter;
import io.visionops.ingest.internal.coverage.CameraJournal;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.RecordingJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncidentMonitorTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Fault GONE = new Fault(Cause.TIMEOUT, "no frame for 3 s");

    private final ManualClock clock = new ManualClock(NOON);
    private final RecordingJournal journal = new RecordingJournal();
    private final Map<String, Address> cameras = new TreeMap<>();
    private IncidentMonitor causes;

    @BeforeEach
    void open() {
        causes = causes(clock);
        for (String camera : List.of("a", "b", "c")) {
            cameras.put(camera, address("rtsp://u:s3cret@10.0.0.5/" + camera));
        }
        cameras.put("other", address("rtsp://10.0.0.9/x"));
        cameras.put("clip", address("file:/srv/clip.mp4"));
        causes.use(cameras);
    }

    private IncidentMonitor causes(ManualClock time) {
        CameraJournal chronicle = new CameraJournal(time, time, new Random(1));
        chronicle.use(journal);
        return new IncidentMonitor(time, time, chronicle, new StartRateLimiter(time, 5, 8));
    }

    @AfterEach
    void close() {
        causes.close();
    }

    private static Address address(String url) {
        try {
            return Address.parse("url", url);
        } catch (InvalidSetting e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void lose(String... names) {
        for (String name : names) {
            causes.lost(name, cameras.get(name), GONE, false);
        }
    }

    private boolean pass(Duration time) {
        boolean stoodStill = false;
        for (long i = 0; i < time.toMillis() / 500; i++) {
            clock.advance(Duration.ofMillis(500));
            stoodStill |= causes.look();
        }
        return stoodStill;
    }

    private List<String> told() {
        List<String> details = new ArrayList<>();
        for (Entry entry : journal.entries()) {
            Event event = entry.event().orElseThrow();
            assertThat(event.type()).isEqualTo(Event.Type.INCIDENT);
            assertThat(event.camera()).isEmpty();
            details.add(event.detail());
        }
        return details;
    }

    @Test
    void anIncidentIsJournaledWithItsCamerasAndItsLength() {
        lose("a", "b", "c");
        pass(Duration.ofSeconds(6));

        assertThat(causes.incidents())
                .containsExactly(
                        new Incident(
                                NOON,
                                List.of("a", "b", "c"),
                                "3 of 3 cameras behind 10.0.0.5 lost within 1 s (the camera does"
                                        + " not answer): look at that recorder or its switch"));
        List.of("a", "b", "c").forEach(causes::well);
        pass(Duration.ofSeconds(1));

        assertThat(causes.incidents()).isEmpty();
        assertThat(told())
                .containsExactly(
                        "opened: 3 of 3 cameras behind 10.0.0.5 lost within 1 s (the camera does"
                                + " not answer): look at that recorder or its switch (a, b, c)",
                        "closed after 6 s: 3 of 3 cameras behind 10.0.0.5 lost within 1 s (the"
                                + " camera does not answer): look at that recorder or its switch"
                                + " (a, b, c)");
    }

    @Test
    void anIncidentGoesOnInAnotherRunOfTheProgramAndIsClosedOnce() {
        lose("a", "b", "c");
        pass(Duration.ofSeconds(10));
        IncidentMonitor.Left left = causes.left().orElseThrow();
        causes.close();

        // The monotonic clock of another run begins anywhere.
        ManualClock later = new ManualClock(NOON.plusSeconds(3600));
        later.advance(Duration.ofDays(5));
        later.jump(Duration.ofDays(-5));
        causes = causes(later);
        causes.resume(left);
        causes.use(cameras);
        lose("a", "b");
        causes.look();
        assertThat(causes.incidents())
                .singleElement()
                .satisfies(one -> assertThat(one.since()).isEqualTo(NOON))
                .satisfies(one -> assertThat(one.cameras()).containsExactly("a", "b", "c"));
        List.of("a", "b", "c").forEach(causes::well);
        causes.look();

        assertThat(told()).hasSize(2);
        assertThat(told().get(0)).startsWith("opened: 3 of 3 cameras behind 10.0.0.5");
        assertThat(told().get(1))
                .startsWith("closed after 3600 s: 3 of 3 cameras behind 10.0.0.5 lost within 1 s");
        assertThat(causes.left()).isEmpty();
    }

    @Test
    void triesOfOneIncidentAreSpreadAndOthersAreNot() {
        pass(Duration.ofSeconds(10));
        lose("a", "b", "c");

        List<Long> waits = new ArrayList<>();
        for (String camera : List.of("a", "b", "c")) {
            waits.add(causes.hold(camera, cameras.get(camera)).toMillis());
        }

        assertThat(waits).containsExactly(0L, 500L, 1000L);
        assertThat(causes.hold("other", cameras.get("other"))).isZero();
        clock.advance(Duration.ofMillis(500));
        assertThat(causes.hold("b", cameras.get("b"))).isZero();
        assertThat(causes.hold("c", cameras.get("c"))).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void whoAnswersAgainDoesNotWaitForThoseThatDoNot() {
        pass(Duration.ofSeconds(10));
        lose("a", "b", "c");
        List.of("a", "b", "c").forEach(camera -> causes.hold(camera, cameras.get(camera)));

        causes.answered("b");
        causes.answered("c");

        assertThat(causes.hold("b", cameras.get("b"))).isZero();
        assertThat(causes.hold("c", cameras.get("c"))).isEqualTo(Duration.ofMillis(500));
        lose("c");
        assertThat(causes.hold("c", cameras.get("c"))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aLateLookIsAStandstillAndItsLossesAreOurs() {
        assertThat(pass(Duration.ofSeconds(5))).isFalse();

        clock.advance(Duration.ofSeconds(8));
        assertThat(pass(Duration.ofMillis(500))).isTrue();
        lose("a", "other");
        assertThat(pass(Duration.ofSeconds(5))).isFalse();
        List.of("a", "other").forEach(causes::well);
        pass(Duration.ofSeconds(20));

        assertThat(told()).hasSize(2);
        assertThat(told().get(0)).startsWith("opened: this computer stood still for 8 s");
        assertThat(told().get(1))
                .startsWith("closed after 23 s: this computer stood still for 8 s, 2 cameras lost")
                .endsWith("(a, other)");
    }

    @Test
    void aFileIsNoCameraOfTheNetwork() {
        lose("clip", "other");
        pass(Duration.ofSeconds(30));

        assertThat(told()).isEmpty();
    }

    @Test
    void noPasswordIsTold() {
        lose("a", "b", "c", "other");
        pass(Duration.ofSeconds(30));

        assertThat(told()).hasSize(1).noneMatch(line -> line.contains("s3cret"));
    }
}
