package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.frame.Picture;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cameras that are files, read by the real decoder. */
@Tag("slow")
class FileCameraTest extends FileRig {

    @Test
    void aFileReadAsapYieldsEveryFrameOnceInOrderWithItsOwnTime() throws Exception {
        FrameLease queue = asap(clip, 10);

        List<Long> sequences = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        List<Integer> brightness = new ArrayList<>();
        for (Optional<Frame> next = queue.take(PATIENCE);
                next.isPresent();
                next = queue.take(Duration.ofSeconds(1))) {
            Frame frame = next.get();
            sequences.add(frame.sequence());
            times.add(frame.capturedAt());
            brightness.add((int) frame.i420().get(0));
            assertThat(frame.i420().remaining()).isEqualTo(320 * 180 * 3 / 2);
            // Slower than the decoder, so that the ring fills.
            Thread.sleep(5);
            queue.settle(frame, FrameOutcome.ANALYSED);
        }

        assertThat(sequences).hasSize(45);
        for (int i = 0; i < 45; i++) {
            assertThat(sequences.get(i)).isEqualTo(i + 1L);
            assertThat(times.get(i)).isEqualTo(times.get(0).plusMillis(100L * i));
        }
        FrameCounts counts = rig.camera("front").counts();
        assertThat(counts.received()).isEqualTo(45);
        assertThat(counts.analysed()).isEqualTo(45);
        assertThat(counts.waiting()).isZero();
        rig.awaitState("front", CameraState.IDLE);
        assertThat(rig.camera("front").status().fault().orElseThrow().cause())
                .isEqualTo(Cause.END_OF_STREAM);
    }

    @Test
    void theTimesOfAFilmAreThoseThatAreSet() throws Exception {
        FrameLease queue = asap(clip, FPS, "file.start", "2026-01-05T08:00:00");

        List<Instant> times = times(queue);

        Instant start = Instant.parse("2026-01-05T08:00:00Z");
        assertThat(times).hasSize(45).startsWith(start).endsWith(start.plusMillis(4_400));
        rig.awaitState("front", CameraState.IDLE);
        List<Fact.Account> watched = rig.journal.facts(Fact.Account.class);
        assertThat(watched).isNotEmpty().allMatch(one -> !one.from().isBefore(start));
        assertThat(watched.stream().map(Fact.Account::seen).reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofMillis(4_400));

        rig.camera("front").reread(Rig.ADMIN);
        assertThat(times(queue)).isEqualTo(times);
    }

    @Test
    void withoutThatTheTimesEndWithTheLastChangeOfTheFileAndAreNeverOfTheFuture() throws Exception {
        Path film = folder.resolve("film.mp4");
        Files.copy(clip, film);
        Instant changed = Instant.parse("2026-02-03T04:05:06Z");
        Files.setLastModifiedTime(film, FileTime.from(changed));

        assertThat(times(asap(film, FPS))).startsWith(changed.minusMillis(4_500)).hasSize(45);

        Files.setLastModifiedTime(film, FileTime.from(Instant.now().plusSeconds(86_400)));
        rig.camera("front").reread(Rig.ADMIN);

        assertThat(times(rig.frames("front")))
                .hasSize(45)
                .allMatch(time -> time.isBefore(Instant.now()))
                .allMatch(time -> time.isAfter(Instant.now().minusSeconds(60)));
    }

    @Test
    void theContainerTellsWhenTheFilmWasMade() throws Exception {
        Path film = folder.resolve("told.mp4");
        String tag = "creation_time=2026-03-04T05:06:07Z";
        Media.run("-i", clip.toString(), "-c", "copy", "-metadata", tag, film.toString());

        assertThat(times(asap(film, FPS))).startsWith(Instant.parse("2026-03-04T05:06:07Z"));
    }

    private static List<Instant> times(FrameLease queue) throws InterruptedException {
        List<Instant> times = new ArrayList<>();
        for (Optional<Frame> next = queue.take(PATIENCE);
                next.isPresent();
                next = queue.take(Duration.ofSeconds(1))) {
            times.add(next.get().capturedAt());
            queue.settle(next.get(), FrameOutcome.ANALYSED);
        }
        return times;
    }

    @Test
    void aFileAtNativePaceStreamsAtTheSetRateAndItsStatesAreJournaled() throws Exception {
        rig.configure("front", "url", "file:" + clip, "detect.fps", "5", "detect.width", "320");
        FrameLease queue = rig.frames("front");

        Instant from = Instant.now();
        Frame first = queue.take(PATIENCE).orElseThrow();
        queue.settle(first, FrameOutcome.GATED);
        rig.awaitState("front", CameraState.STREAMING);
        rig.awaitState("front", CameraState.IDLE);

        assertThat(Duration.between(from, Instant.now())).isGreaterThan(Duration.ofSeconds(3));
        long received =
                rig.camera("front").counts().received() + rig.camera("front").counts().waiting();
        assertThat(received).isBetween(22L, 23L);
        Rig.soon()
                .untilAsserted(
                        () ->
                                assertThat(rig.journal.events())
                                        .extracting(Event::detail)
                                        .containsExactly(
                                                "CONNECTING",
                                                "STREAMING",
                                                "IDLE: the stream ended (the file has been read to"
                                                        + " its end)"));
        Duration watched =
                rig.journal.facts(Fact.Account.class).stream()
                        .map(Fact.Account::seen)
                        .reduce(Duration.ZERO, Duration::plus);
        assertThat(watched).isBetween(Duration.ofMillis(3_800), Duration.ofMillis(4_700));
    }

    @Test
    void theLatestPictureIsAJpegAlsoAfterTheFrameWasTaken() throws Exception {
        rig.configure("front", "url", "file:" + clip, "loop", "true", "detect.width", "320");
        FrameLease queue = rig.frames("front");
        queue.settle(queue.take(PATIENCE).orElseThrow(), FrameOutcome.ANALYSED);

        Picture picture = rig.camera("front").latest().orElseThrow();

        assertThat(picture.width()).isEqualTo(320);
        try (BytePointer bytes = new BytePointer(picture.jpeg());
                Mat jpeg = new Mat(1, picture.jpeg().length, 0, bytes);
                Mat decoded = opencv_imgcodecs.imdecode(jpeg, opencv_imgcodecs.IMREAD_COLOR)) {
            assertThat(decoded.cols()).isEqualTo(320);
            assertThat(decoded.rows()).isEqualTo(180);
        }
    }

    @Test
    void aKilledDecoderIsStartedAgain() {
        rig.configure(
                "front",
                "url",
                "file:" + clip,
                "loop",
                "true",
                "detect.width",
                "320",
                "reconnect.initial",
                "200ms");
        rig.awaitState("front", CameraState.STREAMING);
        long pid = rig.pids().get(0);

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        rig.awaitState("front", CameraState.BACKOFF);
        assertThat(rig.camera("front").status().fault().orElseThrow().cause())
                .isEqualTo(Cause.CRASHED);
        rig.awaitState("front", CameraState.STREAMING);
        assertThat(rig.pids()).hasSize(1).doesNotContain(pid);
        assertThat(rig.camera("front").status().reconnects()).isEqualTo(1);
    }

    /** As after a restart of the whole program: another process id is in what was left. */
    private void restart() throws Exception {
        rig.close();
        Path left = folder.resolve("ingest/front.handover");
        String body = Files.readString(left);
        body = body.substring(body.indexOf('\n') + 1).replaceAll("(?m)^run=.*$", "run=1 before");
        CRC32 sum = new CRC32();
        sum.update(body.getBytes(StandardCharsets.UTF_8));
        Files.writeString(left, "#sum " + Long.toHexString(sum.getValue()) + "\n" + body);
        rig = new Rig(folder);
    }

    private static int readToTheEnd(FrameLease queue) throws InterruptedException {
        int frames = 0;
        for (Optional<Frame> one = queue.take(PATIENCE);
                one.isPresent();
                one = queue.take(Duration.ofSeconds(2))) {
            queue.settle(one.get(), FrameOutcome.ANALYSED);
            frames++;
        }
        return frames;
    }

    @Test
    void aFilmThatWasReadToItsEndIsNotReadAgainAfterARestartButWhenAskedTo() throws Exception {
        int frames = readToTheEnd(asap(clip, FPS));
        rig.awaitState("front", CameraState.IDLE);

        restart();
        FrameLease queue = asap(clip, FPS);

        assertThat(readToTheEnd(queue)).isZero();
        assertThat(rig.camera("front").status().state()).isEqualTo(CameraState.IDLE);

        rig.camera("front").reread(Rig.ADMIN);

        assertThat(readToTheEnd(queue)).isEqualTo(frames);
    }

    @Test
    void aFilmThatIsReadInOrderGoesOnWhereItWasAfterARestart() throws Exception {
        FrameLease queue = asap(clip, FPS);
        for (int i = 0; i < 17; i++) {
            queue.settle(queue.take(PATIENCE).orElseThrow(), FrameOutcome.ANALYSED);
        }

        restart();

        assertThat(17 + readToTheEnd(asap(clip, FPS))).isEqualTo(45);
    }

    @Test
    void anotherFilmUnderTheSameNameIsRead() throws Exception {
        Path film = folder.resolve("film.mp4");
        Files.copy(clip, film);
        readToTheEnd(asap(film, FPS));
        rig.awaitState("front", CameraState.IDLE);
        Files.setLastModifiedTime(film, FileTime.fromMillis(1_000_000));

        restart();

        assertThat(readToTheEnd(asap(film, FPS))).isEqualTo(45);
    }

    @Test
    void aMissingFileIsNotFoundAndOfflineAtOnce() {
        rig.configure("front", "url", "file:/nowhere/at/all.mp4");

        rig.awaitState("front", CameraState.OFFLINE);

        assertThat(rig.camera("front").status().fault().orElseThrow().cause())
                .isEqualTo(Cause.NOT_FOUND);
    }

    @Test
    void aChangeOfLinesKeepsTheDecoderAndTheLease() throws InterruptedException {
        rig.configure("front", "url", "file:" + clip, "loop", "true");
        rig.awaitState("front", CameraState.STREAMING);
        List<Long> before = rig.pids();
        FrameLease queue = rig.frames("front");

        rig.configure("front", "url", "file:" + clip, "loop", "true", "line.door", "0,0 1,1");

        assertThat(rig.camera("front").settings().analysis().lines()).hasSize(1);
        assertThat(queue.take(PATIENCE)).isPresent();
        assertThat(rig.published.get("front")).isSameAs(rig.camera("front"));
        assertThat(rig.pids()).isEqualTo(before);
    }

    @Test
    void aChangeOfWhatIsNotDecodedKeepsTheDecoderAndItsStream() throws InterruptedException {
        List<String> settings = new ArrayList<>(List.of("url", "file:" + clip, "loop", "true"));
        rig.configure("front", settings.toArray(String[]::new));
        rig.awaitState("front", CameraState.STREAMING);
        List<Long> before = rig.pids();
        Instant since = rig.camera("front").status().since();
        FrameLease queue = rig.frames("front");

        for (String other :
                List.of(
                        "reconnect.max=5m",
                        "reconnect.initial=2s",
                        "picture.freeze=30s",
                        "picture.dark=off",
                        "priority=9",
                        "objects=car",
                        "min.score=0.7",
                        "detector=motion")) {
            settings.addAll(List.of(other.split("=")));
            rig.configure("front", settings.toArray(String[]::new));
            assertThat(rig.pids()).as(other).isEqualTo(before);
        }

        assertThat(rig.camera("front").settings().reconnect().max())
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(rig.camera("front").status().since()).isEqualTo(since);
        assertThat(rig.camera("front").status().reconnects()).isZero();
        assertThat(queue.take(PATIENCE)).isPresent();
        assertThat(rig.pids()).isEqualTo(before);
    }

    @Test
    void aChangeOfTheRateReplacesTheDecoderOfThatCameraAlone() {
        rig.configure("front", "url", "file:" + clip, "loop", "true");
        rig.configure("back", "url", "file:" + clip, "loop", "true");
        rig.awaitState("front", CameraState.STREAMING);
        rig.awaitState("back", CameraState.STREAMING);
        List<Long> before = rig.pids();

        rig.configure("front", "url", "file:" + clip, "loop", "true", "detect.fps", "10");
        rig.awaitState("front", CameraState.STREAMING);

        assertThat(rig.pids()).hasSize(2).contains(before.get(0)).doesNotContain(before.get(1));
    }

    @Test
    void aWrongConfigurationChangesNothingAndIsListed() {
        rig.configure("front", "url", "file:" + clip, "loop", "true");
        rig.awaitState("front", CameraState.STREAMING);
        List<Long> before = rig.pids();

        rig.configure("front", "url", "file:" + clip, "loop", "true", "detect.fps", "99");

        assertThat(rig.registry.refusals())
                .singleElement()
                .satisfies(
                        refusal -> {
                            assertThat(refusal.file()).isEqualTo("io.visionops.camera-front.cfg");
                            assertThat(refusal.reason())
                                    .isEqualTo("detect.fps = 99: must be 1..30");
                        });
        assertThat(rig.camera("front").status().state()).isEqualTo(CameraState.STREAMING);
        assertThat(rig.pids()).isEqualTo(before);

        rig.configure("front", "url", "file:" + clip, "loop", "true");
        assertThat(rig.registry.refusals()).isEmpty();
        assertThat(rig.pids()).isEqualTo(before);
    }

    @Test
    void aRemovedCameraLeavesNoDecoder() {
        rig.configure("front", "url", "file:" + clip, "loop", "true");
        rig.awaitState("front", CameraState.STREAMING);

        rig.delete("front");

        Rig.soon().until(() -> rig.pids().isEmpty());
        assertThat(rig.registry.cameras()).isEmpty();
        assertThat(rig.published).isEmpty();
    }

    @Test
    void aDisabledCameraIsListedButNotPublished() {
        rig.configure("front", "url", "file:" + clip, "loop", "true");
        rig.awaitState("front", CameraState.STREAMING);

        rig.configure("front", "url", "file:" + clip, "loop", "true", "enabled", "false");

        assertThat(rig.camera("front").status().state()).isEqualTo(CameraState.DISABLED);
        assertThat(rig.published).isEmpty();
        Rig.soon().until(() -> rig.pids().isEmpty());
    }

    @Test
    void aSwapGoesOnWithTheSameDecoderAndTheNextFrame() throws Exception {
        String[] settings = {"url", "file:" + clip, "loop", "true", "detect.fps", "10"};
        rig.configure("front", settings);
        rig.awaitState("front", CameraState.STREAMING);
        List<Long> before = rig.pids();
        FrameLease queue = rig.frames("front");
        Frame taken = queue.take(PATIENCE).orElseThrow();
        long last = taken.sequence();
        queue.settle(taken, FrameOutcome.ANALYSED);
        int events = rig.journal.events().size();

        assertThat(rig.swap()).isTrue();
        rig.configure("front", settings);

        Frame next = rig.frames("front").take(PATIENCE).orElseThrow();
        assertThat(rig.pids()).isEqualTo(before);
        assertThat(next.sequence()).isBetween(last + 1, last + 10);
        rig.awaitState("front", CameraState.STREAMING);
        assertThat(rig.journal.events()).hasSize(events);
    }

    @Test
    void aFileReadAsapIsYieldedOnceEvenIfItsDecoderDiesHalfWay() throws Exception {
        FrameLease queue = asap(clip, 10, "reconnect.initial", "100ms");
        List<Instant> times = new ArrayList<>();
        List<Integer> pictures = new ArrayList<>();

        for (Optional<Frame> next = queue.take(PATIENCE);
                next.isPresent();
                next = queue.take(Duration.ofSeconds(2))) {
            times.add(next.get().capturedAt());
            pictures.add(checksum(next.get()));
            queue.settle(next.get(), FrameOutcome.ANALYSED);
            if (times.size() == 10) {
                ProcessHandle.of(rig.pids().get(0)).orElseThrow().destroyForcibly();
            }
        }

        assertThat(times).hasSize(45).doesNotHaveDuplicates().isSorted();
        assertThat(pictures).doesNotHaveDuplicates();
        assertThat(rig.camera("front").counts().received()).isEqualTo(45);
    }

    private static int checksum(Frame frame) {
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(frame.i420());
        return (int) sum.getValue();
    }

    @Test
    void anotherPictureSizeWithinTheStreamKeepsTheSizeOfTheFrames() throws Exception {
        Path wide = Media.elementary(Media.clip(folder, 320, 180, 10, 20));
        Path tall = Media.elementary(Media.clip(folder, 240, 320, 10, 20));
        Path both = folder.resolve("both.h264");
        java.nio.file.Files.write(both, java.nio.file.Files.readAllBytes(wide));
        java.nio.file.Files.write(
                both,
                java.nio.file.Files.readAllBytes(tall),
                java.nio.file.StandardOpenOption.APPEND);
        FrameLease queue = asap(both, 25);

        List<Integer> heights = new ArrayList<>();
        for (Optional<Frame> next = queue.take(PATIENCE);
                next.isPresent();
                next = queue.take(Duration.ofSeconds(1))) {
            heights.add(next.get().height());
            queue.settle(next.get(), FrameOutcome.ANALYSED);
        }

        assertThat(heights).hasSizeGreaterThan(30).containsOnly(180);
        rig.awaitState("front", CameraState.IDLE);
    }

    @Test
    void aDecoderThatHangsIsReplaced() throws Exception {
        rig.configure("front", "url", "file:" + clip, "loop", "true", "reconnect.initial", "100ms");
        rig.awaitState("front", CameraState.STREAMING);
        long pid = rig.pids().get(0);

        new ProcessBuilder("kill", "-STOP", String.valueOf(pid)).start().waitFor();

        rig.awaitState("front", CameraState.BACKOFF);
        assertThat(rig.camera("front").status().fault().orElseThrow().cause())
                .isEqualTo(Cause.TIMEOUT);
        rig.awaitState("front", CameraState.STREAMING);
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void aDecoderIsNotEndedForASilenceThatIsOurs() throws Exception {
        rig.configure("front", "url", "file:" + clip, "loop", "true");
        rig.awaitState("front", CameraState.STREAMING);
        long pid = rig.pids().get(0);
        rig.standstill = true;

        new ProcessBuilder("kill", "-STOP", String.valueOf(pid)).start().waitFor();
        // Longer than a silence may be that is not.
        LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());

        assertThat(rig.camera("front").status().state()).isEqualTo(CameraState.STREAMING);
        assertThat(rig.pids()).containsExactly(pid);
        rig.standstill = false;
        rig.awaitState("front", CameraState.BACKOFF);
    }

    @Test
    void aCameraThatIsSlowerThanHalfTheSetRateIsDegraded() throws Exception {
        Path slow = Media.clip(folder, 320, 180, 2, 60);
        rig.configure("front", "url", "file:" + slow, "detect.fps", "5");

        rig.awaitState("front", CameraState.DEGRADED);

        assertThat(rig.camera("front").status().fps()).isBetween(1.5, 2.5);
        assertThat(rig.camera("front").status().fault()).isEmpty();
        Rig.soon()
                .untilAsserted(
                        () ->
                                assertThat(rig.journal.events())
                                        .extracting(Event::detail)
                                        .anyMatch(
                                                one ->
                                                        one.matches(
                                                                "DEGRADED: [12]\\.\\d of 5 frames a"
                                                                        + " second")));
    }

    @Test
    void aCameraWaitsForThePartThatStartsItsDecoder() {
        rig.withoutProcesses(true);
        rig.configure("front", "url", "file:" + clip, "loop", "true");
        Rig.soon().until(() -> rig.published.containsKey("front"));
        assertThat(rig.camera("front").status().state()).isEqualTo(CameraState.CONNECTING);

        rig.withoutProcesses(false);

        rig.awaitState("front", CameraState.STREAMING);
    }

    static Stream<Throwable> unexpected() {
        return Stream.of(
                new IllegalArgumentException("broken by the test"),
                new NoClassDefFoundError("broken by the test"),
                new StackOverflowError("broken by the test"));
    }

    private static Runnable throwing(Throwable what) {
        return () -> {
            if (what instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) what;
        };
    }

    @ParameterizedTest
    @MethodSource("unexpected")
    void aFaultThatNobodyExpectedIsNotTheEndOfACamera(Throwable fault) {
        rig.failOnce("camera", throwing(fault));
        rig.configure("front", "url", "file:" + clip, "loop", "true", "reconnect.initial", "100ms");

        rig.awaitState("front", CameraState.STREAMING);

        Rig.soon()
                .untilAsserted(
                        () ->
                                assertThat(rig.journal.events())
                                        .extracting(Event::detail)
                                        .anyMatch(one -> one.contains("broken by the test")));
    }

    @Test
    void aClassThatIsMissingIsNotTheEndOfTheRounds() throws Exception {
        rig.configure("front", "url", "file:" + clip, "loop", "true", "reconnect.initial", "100ms");
        rig.awaitState("front", CameraState.STREAMING);
        rig.failOnce("watch", throwing(new NoClassDefFoundError("broken by the test")));
        Rig.soon().until(rig::hasFailed);

        new ProcessBuilder("kill", "-STOP", String.valueOf(rig.pids().get(0))).start().waitFor();

        rig.awaitState("front", CameraState.BACKOFF);
        rig.awaitState("front", CameraState.STREAMING);
    }
}
