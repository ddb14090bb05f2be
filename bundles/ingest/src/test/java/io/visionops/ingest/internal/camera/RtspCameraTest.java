package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Source;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cameras that are RTSP servers, with a login, that stall, die and come back. */
@Tag("slow")
class RtspCameraTest {

    private static final String LOGIN = "admin:s3cr3t%21word";

    @TempDir static Path media;
    private static Path elementary;

    @TempDir Path folder;
    private Rig rig;
    private RtspServer server;

    @BeforeAll
    static void makeStream() throws Exception {
        Assumptions.assumeTrue(
                RtspServer.tool().isPresent(),
                "no shared tools: set VISIONOPS_SHARED to the folder with tools/minirtsp.py");
        elementary = Media.elementary(Media.clip(media, 320, 180, 10, 100));
    }

    @BeforeEach
    void start() throws Exception {
        rig = new Rig(folder);
        server = RtspServer.start(elementary, 10, Optional.of("admin:s3cr3t!word"));
    }

    @AfterEach
    void stop() {
        rig.close();
        server.close();
    }

    private void configure(String login) {
        rig.configure(
                "front",
                "url",
                server.url(login),
                "reconnect.initial",
                "200ms",
                "reconnect.max",
                "1s",
                "reconnect.probe",
                "2s");
    }

    private CameraStatus status() {
        return rig.camera("front").status();
    }

    @Test
    void aCameraWithLoginStreamsAndItsPasswordIsNowhereToBeSeen() throws Exception {
        configure(LOGIN);
        rig.awaitState("front", CameraState.STREAMING);

        Rig.soon().until(() -> status().fps() > 4 && status().fps() < 6);
        assertThat(status().width()).isEqualTo(640);
        assertThat(status().height()).isEqualTo(360);
        assertThat(status().maskedUrl()).startsWith("rtsp://***@127.0.0.1:").endsWith("/cam");
        assertThat(commandLinesOfAllProcesses()).isNotEmpty().noneMatch(this::holdsSecret);
        assertThat(rig.camera("front").settings().toString()).doesNotContain("s3cr3t");
    }

    @Test
    void theBitRateOfTheStreamIsMeasuredAlsoWhenIngestIsSwappedMeanwhile() throws Exception {
        Path large = Media.elementary(Media.clip(folder, 1280, 720, 10, 100));
        double bits = 8.0 * Files.size(large) / 10;
        server.close();
        server = RtspServer.start(large, 10, Optional.empty());
        rig.configure("front", "url", server.url(""));
        rig.awaitState("front", CameraState.STREAMING);
        ProcessHandle decoder = ProcessHandle.of(rig.pids().get(0)).orElseThrow();
        awaitAge(decoder, Duration.ofSeconds(13));

        rig.swap();
        rig.configure("front", "url", server.url(""));
        rig.awaitState("front", CameraState.STREAMING);
        awaitAge(decoder, Duration.ofSeconds(23));
        assertThat(rig.pids()).containsExactly(decoder.pid());
        rig.swap();

        // The size grows in steps of 256 KiB.
        assertThat(rig.journal.facts(Fact.Measured.class))
                .filteredOn(fact -> fact.metric() == Fact.Metric.BITS_PER_SECOND)
                .hasSize(1)
                .allSatisfy(
                        fact -> {
                            assertThat(fact.weight()).isBetween(9_000L, 11_000L);
                            assertThat(fact.value())
                                    .isCloseTo(bits, within(0.1 * bits + 8 * 262_144 / 10.0));
                        });
    }

    private static void awaitAge(ProcessHandle process, Duration age) {
        Instant start = process.info().startInstant().orElseThrow();
        Rig.soon().until(() -> Instant.now().isAfter(start.plus(age)));
    }

    private boolean holdsSecret(String text) {
        return text.contains("s3cr3t%21");
    }

    private static List<String> commandLinesOfAllProcesses() throws Exception {
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(one -> one.resolve("cmdline"))
                    .filter(Files::isReadable)
                    .map(RtspCameraTest::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            return "";
        }
    }

    @Test
    void aWrongPasswordIsOfflineAtOnceAndSaysSoWithoutThePassword() {
        configure("admin:s3cr3t%21wrong");

        rig.awaitState("front", CameraState.OFFLINE);

        assertThat(status().fault().orElseThrow().cause()).isEqualTo(Cause.UNAUTHORISED);
        Rig.soon()
                .untilAsserted(
                        () ->
                                assertThat(rig.journal.events())
                                        .extracting(Event::detail)
                                        .anyMatch(
                                                one ->
                                                        one.startsWith(
                                                                "OFFLINE: the camera refuses the"
                                                                        + " user or password"))
                                        .noneMatch(one -> one.contains("s3cr3t")));
    }

    @Test
    void aServerThatDiesAndReturnsIsFoundAgain() throws Exception {
        configure(LOGIN);
        rig.awaitState("front", CameraState.STREAMING);

        long killed = System.nanoTime();
        server.kill();
        rig.awaitState("front", CameraState.BACKOFF);
        Duration noticed = Duration.ofNanos(System.nanoTime() - killed);
        Rig.soon().until(() -> status().fault().orElseThrow().cause() == Cause.REFUSED);
        long returned = System.nanoTime();
        server.start();
        rig.awaitState("front", CameraState.STREAMING);
        Duration back = Duration.ofNanos(System.nanoTime() - returned);

        assertThat(noticed).isLessThan(Duration.ofSeconds(2));
        assertThat(back).isLessThan(Duration.ofSeconds(6));
        assertThat(rig.pids()).hasSize(1);
    }

    @Test
    void aServerThatFreezesIsNoticedByItsSilence() throws Exception {
        configure(LOGIN);
        rig.awaitState("front", CameraState.STREAMING);

        long stalled = System.nanoTime();
        server.toggleStall();
        rig.awaitState("front", CameraState.BACKOFF);
        Duration noticed = Duration.ofNanos(System.nanoTime() - stalled);
        assertThat(status().fault().orElseThrow().cause()).isEqualTo(Cause.TIMEOUT);
        server.toggleStall();
        rig.awaitState("front", CameraState.STREAMING);

        assertThat(noticed).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void aSwapKeepsTheConnection() throws Exception {
        configure(LOGIN);
        rig.awaitState("front", CameraState.STREAMING);
        List<Long> before = rig.pids();

        assertThat(rig.swap()).isTrue();
        configure(LOGIN);
        rig.awaitState("front", CameraState.STREAMING);

        assertThat(rig.pids()).isEqualTo(before);
        assertThat(status().reconnects()).isZero();
    }

    @Test
    void theFallbackIsTriedWhenTheFirstAddressFails() throws Exception {
        rig.configure(
                "front",
                "url",
                "rtsp://127.0.0.1:" + RtspServer.freePort() + "/x",
                "fallback.urls",
                server.url(LOGIN),
                "reconnect.initial",
                "200ms");

        rig.awaitState("front", CameraState.STREAMING);

        assertThat(status().maskedUrl()).isEqualTo(server.url("***"));
    }

    @Test
    void aServerThatRefusesUdpIsReadOverTcp() {
        rig.configure(
                "front",
                "url",
                server.url(LOGIN),
                "transport",
                "udp",
                "reconnect.initial",
                "200ms");

        rig.awaitState("front", CameraState.STREAMING);

        assertThat(rig.camera("front").connection().orElseThrow().transport())
                .contains(Source.Transport.TCP);
        assertThat(status().reconnects()).isEqualTo(1);
    }

    @Test
    void reconnectingStartsAnotherDecoderAtOnce() {
        configure(LOGIN);
        rig.awaitState("front", CameraState.STREAMING);
        List<Long> before = rig.pids();

        rig.camera("front").reconnect(Rig.ADMIN);

        Rig.soon().until(() -> !rig.pids().isEmpty() && !rig.pids().equals(before));
        rig.awaitState("front", CameraState.STREAMING);
        assertThat(status().failures()).isZero();
    }
}
