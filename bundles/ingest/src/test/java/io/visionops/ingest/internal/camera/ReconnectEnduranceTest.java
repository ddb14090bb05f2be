package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.camera.Source;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.connect.StartRateLimiter;
import io.visionops.ingest.internal.coverage.CameraJournal;
import io.visionops.ingest.internal.coverage.LiveCoverage;
import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.ingest.internal.decoder.SharedDecoder;
import io.visionops.ingest.internal.frame.OpenCvEncoder;
import io.visionops.ingest.internal.reachability.ReachabilityMonitor;
import io.visionops.ingest.internal.stream.MemoryWatch;
import io.visionops.ingest.internal.stream.StreamContext;
import io.visionops.ingest.internal.stream.StreamSupervisor;
import io.visionops.processes.internal.Children;
import io.visionops.processes.internal.HeldChildren;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Thousands of reconnects with real processes leave no process, thread, descriptor or memory
 * behind. The suite has a short form; {@code -Dvisionops.reconnects=10000} is the long one.
 */
@Isolated
class ReconnectEnduranceTest {

    private static final int RECONNECTS = Integer.getInteger("visionops.reconnects", 600);
    private static final int CAMERAS = 4;
    private static final ReconnectPolicy AT_ONCE =
            new ReconnectPolicy(
                    Duration.ofMillis(1),
                    Duration.ofMillis(1),
                    Integer.MAX_VALUE,
                    Duration.ofMillis(1));

    @TempDir Path folder;

    @Test
    void decodersThatDieAtOnceLeaveNothingBehind() throws Exception {
        Path program = folder.resolve("decoder");
        Files.writeString(
                program,
                "#!/bin/sh\n"
                        + "echo '[tcp @ 0x0] [error] Connection refused' >&2\n"
                        + "exit 145\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        DecoderProgram dying = new DecoderProgram(program, Map.of());

        endure("a script", new SharedDecoder(() -> dying), RECONNECTS);
    }

    @Test
    void realDecodersAtAClosedPortLeaveNothingBehind() throws Exception {
        endure("ffmpeg", Rig.DECODER, RECONNECTS / 10);
    }

    private void endure(String what, SharedDecoder decoder, int reconnects) throws Exception {
        try (Children children = Children.in(folder);
                var processes = HeldChildren.of(children, "ingest");
                ReachabilityMonitor reachability =
                        new ReachabilityMonitor(Ticker.system(), Math::random)) {
            StreamContext context = context(processes, decoder, reachability);
            List<StreamSupervisor> feeds = new ArrayList<>();
            for (int i = 0; i < CAMERAS; i++) {
                Source source =
                        new Source(
                                "rtsp://127.0.0.1:" + RtspServer.freePort() + "/live",
                                List.of(),
                                Source.Pace.NATIVE,
                                false,
                                Source.Transport.TCP);
                DecoderSettings plan = new DecoderSettings("dying-" + i, source, 5, 640);
                feeds.add(
                        new StreamSupervisor(
                                plan, AT_ONCE, context, CompletableFuture.completedFuture(null)));
            }
            feeds.forEach(StreamSupervisor::start);
            await(feeds, reconnects / 5);
            Footprint before = Footprint.now();
            long began = System.nanoTime();
            await(feeds, reconnects / 5 + reconnects);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            Footprint after = Footprint.now();
            feeds.forEach(StreamSupervisor::end);
            for (StreamSupervisor supervisor : feeds) {
                supervisor.gone().get(10, TimeUnit.SECONDS);
            }
            System.out.println(
                    "%s reconnects of %s in %s s: before %s, after %s"
                            .formatted(reconnects, what, took.toSeconds(), before, after));
            // Up to one decoder of each camera runs at the moment of counting.
            assertThat(after.children()).isLessThanOrEqualTo(CAMERAS);
            assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 4 * CAMERAS);
            assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 4 * CAMERAS);
            assertThat(after.heap()).isLessThan(before.heap() + 2_000_000);
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> ProcessHandle.current().descendants().findAny().isEmpty());
        }
    }

    private StreamContext context(
            ChildProcesses processes, SharedDecoder decoder, ReachabilityMonitor reachability) {
        CameraJournal chronicle =
                new CameraJournal(Clock.systemUTC(), Ticker.system(), new Random());
        chronicle.use(new NoJournal());
        return new StreamContext(
                () -> Optional.of(processes),
                decoder,
                chronicle,
                new OpenCvEncoder(),
                folder,
                Clock.systemUTC(),
                () -> ZoneOffset.UTC,
                Ticker.system(),
                new Random(),
                () -> new MemoryWatch.Limits(400_000_000, 50_000_000),
                new StreamContext.Senses(
                        plan -> (i420, size, nanos) -> Optional.empty(),
                        plan ->
                                LiveCoverage.of(
                                        plan, chronicle, Clock.systemUTC(), Ticker.system()),
                        new StartRateLimiter(Ticker.system(), 1_000, 1_000),
                        change -> {}),
                reachability);
    }

    private static void await(List<StreamSupervisor> feeds, long reconnects) {
        Awaitility.await()
                .atMost(30, TimeUnit.MINUTES)
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .until(
                        () ->
                                feeds.stream().mapToLong(one -> one.status().reconnects()).sum()
                                        >= reconnects);
    }
}
