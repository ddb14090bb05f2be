package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.camera.Source;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.connect.StartRateLimiter;
import io.visionops.ingest.internal.stream.SimulatedContext;
import io.visionops.ingest.internal.stream.StreamContext;
import io.visionops.ingest.internal.stream.StreamSupervisor;
import io.visionops.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Hours with fifty cameras that are not there, in simulated time. The suite has a short form;
 * {@code -Dvisionops.absent.hours=24} is the long one.
 */
@Isolated
class AbsentCamerasTest {

    private static final int CAMERAS = 50;
    private static final Duration STEP = Duration.ofSeconds(5);

    /** A probe, its jitter, and what threads may be late. */
    private static final Duration LATEST = Duration.ofSeconds(300 + 60 + 20);

    private static final Duration WARM_UP = Duration.ofHours(1);
    private static final Duration TIME =
            Duration.ofHours(Integer.getInteger("visionops.absent.hours", 4));
    private static final ReconnectPolicy USUAL =
            new ReconnectPolicy(
                    Duration.ofSeconds(1), Duration.ofSeconds(60), 10, Duration.ofMinutes(5));

    @TempDir Path folder;
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final DeadOnArrival processes = new DeadOnArrival(clock);
    private final List<StreamSupervisor> feeds = new ArrayList<>();

    @Test
    @Timeout(300)
    void absenceLeavesNothingBehind() throws Exception {
        StreamContext context =
                SimulatedContext.of(
                        folder,
                        clock,
                        () -> Optional.of(processes),
                        new NoJournal(),
                        new StartRateLimiter(clock, 1_000, 1_000));
        for (int i = 0; i < CAMERAS; i++) {
            Source source =
                    new Source(
                            "rtsp://10.0.0." + i + "/live",
                            List.of(),
                            Source.Pace.NATIVE,
                            false,
                            Source.Transport.TCP);
            StreamSupervisor supervisor =
                    new StreamSupervisor(
                            new DecoderSettings("absent-" + i, source, 5, 640),
                            USUAL,
                            context,
                            CompletableFuture.completedFuture(null));
            feeds.add(supervisor);
            supervisor.start();
        }
        List<Thread> threads =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(one -> one.getName().startsWith("visionops-ingest-camera-absent-"))
                        .toList();

        live(WARM_UP);
        Footprint before = Footprint.now();
        long tries = processes.starts();
        live(TIME);
        Footprint after = Footprint.now();

        long perCamera = (processes.starts() - tries) / CAMERAS;
        System.out.println(
                "%s h of %s absent cameras: %s tries of each; before %s, after %s"
                        .formatted(TIME.toHours(), CAMERAS, perCamera, before, after));
        assertThat(threads).hasSize(CAMERAS);
        assertThat(perCamera)
                .as("one probe in five minutes and its jitter")
                .isBetween(TIME.dividedBy(LATEST), TIME.dividedBy(USUAL.probe()));
        assertThat(feeds)
                .extracting(StreamSupervisor::status)
                .extracting(CameraStatus::state)
                .containsOnly(CameraState.OFFLINE);
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 1);
        assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 1);
        assertThat(after.children()).isZero();
        assertThat(after.heap()).isLessThan(before.heap() + 1_000_000);
        feeds.forEach(StreamSupervisor::end);
        for (Thread thread : threads) {
            thread.join(5_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    /** Tries that came to their end: time must not run ahead of a thread that is late. */
    private long concluded() {
        return feeds.stream().map(StreamSupervisor::status).mapToLong(CameraStatus::failures).sum();
    }

    /** Time goes on when every camera has been tried that is due. */
    private void live(Duration time) {
        for (long steps = time.dividedBy(STEP); steps > 0; steps--) {
            clock.advance(STEP);
            feeds.forEach(supervisor -> supervisor.watch(Map.of()));
            while (!processes.allStartedWithin(LATEST) || concluded() < processes.starts()) {
                LockSupport.parkNanos(100_000);
                feeds.forEach(supervisor -> supervisor.watch(Map.of()));
            }
        }
    }
}
