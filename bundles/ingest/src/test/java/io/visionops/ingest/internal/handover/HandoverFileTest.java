package io.visionops.ingest.internal.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LevelRequest;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.camera.Source;
import io.visionops.api.camera.Source.Transport;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.subject.Actor;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.connect.Endpoint;
import io.visionops.ingest.internal.connect.EndpointSelector;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import io.visionops.ingest.internal.state.CameraStateMachine;
import io.visionops.ingest.internal.state.LevelRequests;
import io.visionops.ingest.internal.state.StateData;
import io.visionops.ingest.internal.state.StateData.FailureCounts;
import io.visionops.ingest.internal.state.StateData.Flow;
import io.visionops.ingest.internal.state.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoverFileTest {

    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Fault FAULT = new Fault(Cause.UNAUTHORISED, "401 = \"no\"\nnext line");

    private static final LevelRequests REQUESTS =
            LevelRequests.NONE
                    .with(
                            new LevelRequest(
                                    Actor.part("governor"), ServiceLevel.PAUSED, "memory = 91 %"))
                    .with(new LevelRequest(Actor.user("anna"), ServiceLevel.reduced(2), ""));

    @TempDir Path folder;
    private HandoverFile file;

    @BeforeEach
    void open() {
        file = new HandoverFile(folder, plan("rtsp://u:secret@h/live"));
    }

    private static DecoderSettings plan(String url) {
        Source source = new Source(url, List.of(), Source.Pace.NATIVE, false, Transport.TCP);
        return new DecoderSettings("front", source, 5, 640);
    }

    private static Handover handover(CameraState state) {
        return new Handover(
                Optional.of(
                        new Handover.Running(
                                "camera-front",
                                42,
                                new Size(640, 360),
                                60,
                                60 + 2L * (640 * 360 * 3 / 2 + 6) + 17,
                                new Endpoint(0, Transport.UDP),
                                ServiceLevel.reduced(2))),
                new StateData(
                        state,
                        -5,
                        Optional.of(FAULT),
                        true,
                        123_456_789L,
                        new FailureCounts(12, 3, 1, true),
                        new Flow(7, 8, true, Optional.of(new Fault(Cause.BLACK, "")))),
                T,
                new EndpointSelector(
                        0,
                        List.of(new EndpointSelector.Way(Transport.UDP, Transport.TCP, true, 2))),
                77,
                new FrameCounts(70, 50, 10, Map.of("superseded", 9L, "overflow", 1L), 0),
                5,
                Optional.of(T.plusSeconds(1)),
                4,
                true,
                new Handover.Wish(REQUESTS, true));
    }

    private Optional<Handover> read() {
        return file.read(1_000, T.plusSeconds(60));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        file.write(handover(CameraState.BACKOFF));

        assertThat(read()).contains(handover(CameraState.BACKOFF));
        assertThat(Files.readString(folder.resolve("front.handover"))).doesNotContain("secret");
    }

    @Test
    void theOneLevelOfAnEarlierVersionIsARequestOfSomebodyUnknown() throws Exception {
        file.write(handover(CameraState.BACKOFF));
        rewrite(
                body ->
                        body.replaceAll("(?m)^request.*\n", "")
                                .replaceAll("(?m)^level=.*$", "level=REDUCED")
                                .replaceAll("(?m)^level.fps=.*$", "level.fps=3"));

        assertThat(read().orElseThrow().wish().requests().standing())
                .containsExactly(
                        new LevelRequest(Actor.user("unknown"), ServiceLevel.reduced(3), ""));
    }

    @Test
    void everythingInAnEarlierVersionIsNoRequest() throws Exception {
        file.write(handover(CameraState.BACKOFF));
        rewrite(
                body ->
                        body.replaceAll("(?m)^request.*\n", "")
                                .replaceAll("(?m)^level=.*$", "level=FULL"));

        assertThat(read().orElseThrow().wish().requests()).isEqualTo(LevelRequests.NONE);
    }

    @Test
    void afterARestartOfTheProgramAPausedCameraConnects() throws Exception {
        Handover streaming = handover(CameraState.STREAMING);
        CameraStateMachine rules =
                new CameraStateMachine(
                        new ReconnectPolicy(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(60),
                                10,
                                Duration.ofMinutes(5)),
                        1,
                        () -> 0);
        StateData paused =
                rules.next(streaming.stateData(), new Trigger.Paused("by user/anna"), 0)
                        .stateData();
        file.write(
                new Handover(
                        Optional.empty(),
                        paused,
                        T,
                        streaming.endpoints(),
                        77,
                        streaming.counts(),
                        5,
                        Optional.empty(),
                        4,
                        true,
                        streaming.wish()));
        assertThat(read().orElseThrow().stateData().isPaused()).isTrue();
        otherRun();

        Handover left = read().orElseThrow();

        assertThat(left.stateData()).isEqualTo(StateData.start(1_000));
        assertThat(left.wish().requests()).isEqualTo(LevelRequests.NONE);
    }

    @Test
    void aFileThatIsCutOffAnywhereIsNotBelieved() throws Exception {
        file.write(handover(CameraState.STREAMING));
        Path written = folder.resolve("front.handover");
        byte[] whole = Files.readAllBytes(written);

        for (int length = 0; length < whole.length; length += 29) {
            byte[] part = Arrays.copyOf(whole, length);
            Files.write(written, part);

            assertThat(read()).isEmpty();

            assertThat(written).doesNotExist();
            assertThat(folder.resolve("front.unreadable")).hasBinaryContent(part);
        }
    }

    @Test
    void aTextOfAnotherVersionIsKeptUntilThatOneReturnsAndGoesOnFromIt() throws Exception {
        HandoverFile two = new HandoverFile(folder, plan("rtsp://u:secret@h/live"), 2);
        two.write(handover(CameraState.BACKOFF));
        rewrite(body -> body + "mood=good\n");

        assertThat(read()).isEmpty();
        assertThat(folder.toFile().list()).containsExactly("front.handover.v2");
        file.write(handover(CameraState.OFFLINE));

        assertThat(two.read(1_000, T)).contains(handover(CameraState.BACKOFF));
        two.write(handover(CameraState.DEGRADED));
        assertThat(read()).contains(handover(CameraState.OFFLINE));
        assertThat(two.read(1_000, T)).contains(handover(CameraState.DEGRADED));
    }

    /** A state that this version does not have, say. */
    @Test
    void aTextOfThisVersionThatIsNotUnderstoodIsKeptForAPerson() throws Exception {
        file.write(handover(CameraState.BACKOFF));
        rewrite(body -> body.replaceAll("(?m)^state=.*$", "state=DREAMING"));

        assertThat(read()).isEmpty();

        assertThat(folder.toFile().list()).containsExactly("front.unreadable");
    }

    @Test
    void aTextThatNamesNoVersionIsOfTheFirst() throws Exception {
        file.write(handover(CameraState.BACKOFF));
        rewrite(body -> body.replaceAll("(?m)^version=.*\n", ""));

        assertThat(read()).contains(handover(CameraState.BACKOFF));
    }

    @Test
    void ofACameraThatIsNoMoreNothingIsKeptForAnyVersion() throws Exception {
        new HandoverFile(folder, plan("rtsp://u:secret@h/live"), 2)
                .write(handover(CameraState.BACKOFF));
        assertThat(read()).isEmpty();
        file.write(handover(CameraState.BACKOFF));

        file.delete();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aHalfWrittenSuccessorLeavesTheFileAsItWas() throws Exception {
        file.write(handover(CameraState.STREAMING));

        Files.writeString(folder.resolve("front.handover.new"), "#sum 12");

        assertThat(read()).contains(handover(CameraState.STREAMING));
        file.write(handover(CameraState.BACKOFF));
        assertThat(read()).contains(handover(CameraState.BACKOFF));
    }

    @Test
    void afterARestartOfTheProgramADeadCameraIsStillDeadAndTriedAtOnce() throws Exception {
        file.write(handover(CameraState.OFFLINE));
        otherRun();

        Handover left = read().orElseThrow();

        assertThat(left.running()).isEmpty();
        assertThat(left.stateData().state()).isEqualTo(CameraState.OFFLINE);
        assertThat(left.stateData().fault()).contains(FAULT);
        assertThat(left.stateData().misses()).isEqualTo(new FailureCounts(12, 3, 1, true));
        assertThat(left.stateData().retry()).isEqualTo(1_000);
        assertThat(left.since()).isEqualTo(T);
        assertThat(left.endpoints()).isEqualTo(handover(CameraState.OFFLINE).endpoints());
        assertThat(left.counts().received()).isZero();
    }

    @Test
    void afterARestartOfTheProgramAnyOtherBeginsAnew() throws Exception {
        file.write(handover(CameraState.DEGRADED));
        otherRun();

        Handover left = read().orElseThrow();

        assertThat(left.stateData()).isEqualTo(StateData.start(1_000));
        assertThat(left.since()).isEqualTo(T.plusSeconds(60));
        assertThat(left.streamed()).isTrue();
    }

    /** The same text with another process in it, and a sum that is right. */
    private void otherRun() throws Exception {
        rewrite(body -> body.replaceAll("(?m)^run=.*$", "run=1 before"));
    }

    private void rewrite(UnaryOperator<String> change) throws Exception {
        Path written = folder.resolve("front.handover");
        String all = Files.readString(written);
        String body = change.apply(all.substring(all.indexOf('\n') + 1));
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Files.writeString(written, "#sum " + Long.toHexString(sum.getValue()) + "\n" + body);
    }

    @Test
    void anotherAddressDoesNotGoOnWhereThisOneWas() throws Exception {
        file.write(handover(CameraState.OFFLINE));

        assertThat(new HandoverFile(folder, plan("rtsp://other/")).read(0, T)).isEmpty();
    }

    @Test
    void picturesThatAVanishedReaderHadBegunAreCounted() {
        Handover.Running running = handover(CameraState.STREAMING).running().orElseThrow();
        int each = running.size().written();

        assertThat(running.picturesSince(running.position())).isZero();
        assertThat(running.picturesSince(60 + 3L * each)).isZero();
        assertThat(running.picturesSince(60 + 3L * each + 1)).isEqualTo(1);
        assertThat(running.picturesSince(60 + 5L * each)).isEqualTo(2);
    }
}
