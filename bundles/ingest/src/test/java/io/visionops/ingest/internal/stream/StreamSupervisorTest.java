package io.visionops.ingest.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.camera.Source;
import io.visionops.api.child.ChildProcesses;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.connect.ConnectLimiter;
import io.visionops.ingest.internal.connect.StartRateLimiter;
import io.visionops.ingest.internal.handover.Handover;
import io.visionops.ingest.internal.handover.HandoverFile;
import io.visionops.testkit.FakeChild;
import io.visionops.testkit.FakeChildren;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.RecordingJournal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One camera with decoders that a test moves by hand, by a clock that it moves too. */
class StreamSupervisorTest {

    private static final ReconnectPolicy POLICY =
            new ReconnectPolicy(
                    Duration.ofSeconds(1), Duration.ofSeconds(60), 3, Duration.ofMinutes(5));

    private static final DecoderSettings SETTINGS =
            new DecoderSettings(
                    "front",
                    new Source(
                            "rtsp://127.0.0.1:9/cam",
                            List.of(),
                            Source.Pace.NATIVE,
                            false,
                            Source.Transport.TCP),
                    5,
                    16);

    private static final byte[] HEADER =
            "YUV4MPEG2 W16 H16 F5:1\n".getBytes(StandardCharsets.US_ASCII);

    private static final Duration LIMIT = Duration.ofSeconds(1);

    @TempDir Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final FakeChildren children = new FakeChildren();
    private final RecordingJournal journal = new RecordingJournal();
    private final List<StreamSupervisor> all = new ArrayList<>();
    private volatile Optional<ChildProcesses> processes = Optional.of(children);
    private ConnectLimiter limiter;
    private StreamSupervisor front;

    @BeforeEach
    void start() {
        limiter = new StartRateLimiter(clock, 1_000, 1_000);
        front = supervisor();
        front.start();
    }

    private StreamSupervisor supervisor() {
        StreamContext context =
                SimulatedContext.of(folder, clock, () -> processes, journal, limiter);
        StreamSupervisor one =
                new StreamSupervisor(
                        SETTINGS, POLICY, context, CompletableFuture.completedFuture(null));
        all.add(one);
        return one;
    }

    @AfterEach
    void end() {
        all.forEach(StreamSupervisor::end);
        for (StreamSupervisor one : all) {
            assertThat(one.gone()).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    private static byte[] frames(int count) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            frames.writeBytes("FRAME\n".getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(new byte[16 * 16 * 3 / 2]);
        }
        return frames.toByteArray();
    }

    /** Time passes, in steps in which the camera is looked at as it is twice a second. */
    private void pass(Duration time) {
        Duration step = Duration.ofMillis(100);
        for (Duration passed = Duration.ZERO;
                passed.compareTo(time) < 0;
                passed = passed.plus(step)) {
            clock.advance(step);
            front.watch(Map.of());
        }
    }

    /** Time passes until that many decoders were started; their own time begins then. */
    private FakeChild passUntilStart(int start, Duration step) throws InterruptedException {
        for (int steps = 0; children.starts() < start; steps++) {
            assertThat(steps).as("steps of %s", step).isLessThan(1_000);
            clock.advance(step);
            front.watch(Map.of());
            LockSupport.parkNanos(5_000_000);
        }
        return begun(start);
    }

    /** It is read. */
    private FakeChild begun(int start) throws InterruptedException {
        FakeChild child = children.awaitStart(start);
        child.awaitReader();
        return child;
    }

    private FakeChild streaming(int start) throws InterruptedException {
        FakeChild child = children.awaitStart(start);
        child.prints(HEADER);
        child.prints(frames(1));
        awaitState(CameraState.STREAMING);
        child.awaitReader();
        return child;
    }

    private void awaitState(CameraState state) {
        await().untilAsserted(() -> assertThat(front.status().state()).isEqualTo(state));
    }

    private Optional<Cause> cause() {
        return front.status().fault().map(Fault::cause);
    }

    @Test
    void framesMakeItStreamAndGoIntoTheRingOneAfterTheOther() throws Exception {
        FakeChild child = streaming(1);

        child.prints(frames(3));
        child.awaitReader();

        assertThat(front.ring().sequence()).isEqualTo(4);
        assertThat(front.status().fault()).isEmpty();
    }

    @Test
    void aDecoderThatDiesIsReplacedAtOnceTheFirstTimeAndThenAfterAWait() throws Exception {
        FakeChild first = streaming(1);
        first.exits(137);
        awaitState(CameraState.BACKOFF);
        assertThat(cause()).contains(Cause.CRASHED);
        assertThat(children.starts()).isEqualTo(1);

        pass(Duration.ofMillis(200));
        FakeChild second = streaming(2);
        second.exits(137);
        awaitState(CameraState.BACKOFF);
        pass(Duration.ofMillis(900));
        assertThat(children.starts()).isEqualTo(2);

        pass(Duration.ofSeconds(2));
        streaming(3);
        assertThat(front.status().reconnects()).isEqualTo(2);
    }

    @Test
    void oneThatFallsSilentIsEnded() throws Exception {
        FakeChild child = streaming(1);

        pass(Duration.ofMillis(2_500));
        assertThat(child.asked()).isZero();
        pass(Duration.ofSeconds(1));

        assertThat(child.asked()).isPositive();
        awaitState(CameraState.BACKOFF);
        assertThat(cause()).contains(Cause.TIMEOUT);
    }

    @Test
    void oneThatGivesNoFirstFrameGetsTenSecondsAndMoreAfterAFailure() throws Exception {
        FakeChild first = begun(1);
        pass(Duration.ofMillis(9_500));
        assertThat(first.asked()).isZero();
        pass(Duration.ofSeconds(1));
        assertThat(first.asked()).isPositive();
        awaitState(CameraState.BACKOFF);

        FakeChild second = passUntilStart(2, Duration.ofMillis(100));
        pass(Duration.ofMillis(14_400));
        assertThat(second.asked()).isZero();
        pass(Duration.ofSeconds(1));
        assertThat(second.asked()).isPositive();
    }

    @Test
    void oneThatDoesNotEndIsKilledAndNothingIsStartedBesideIt() throws Exception {
        FakeChild child = streaming(1);
        child.isStubborn();
        front.reconnect();

        await().until(() -> child.asked() > 0);
        pass(Duration.ofSeconds(5));
        assertThat(children.starts()).isEqualTo(1);

        child.exits(137);
        children.awaitStart(2);
    }

    @Test
    void whatFailsAgainAndAgainIsOfflineAndTriedForEver() throws Exception {
        for (int i = 1; i <= 4; i++) {
            FakeChild child = passUntilStart(i, Duration.ofMillis(100));
            child.says("Connection refused");
            child.exits(1);
            await().until(() -> front.status().state() != CameraState.CONNECTING);
        }
        awaitState(CameraState.OFFLINE);

        passUntilStart(5, Duration.ofSeconds(1));

        streaming(5);
    }

    /** A limiter takes a turn back once it has given it. */
    @Test
    void aTurnThatTheLimiterGivesIsUsed() throws Exception {
        front.end();
        assertThat(front.gone()).succeedsWithin(Duration.ofSeconds(20));
        int before = children.starts();
        Queue<Duration> answers =
                new ConcurrentLinkedQueue<>(List.of(Duration.ofMillis(1), Duration.ZERO));
        limiter =
                new TurnLimiter(
                        () -> Optional.ofNullable(answers.poll()).orElse(Duration.ofHours(1)));
        front = supervisor();
        front.start();

        children.awaitStart(before + 1);
    }

    /** Holds a camera for as long as a test says. */
    private record TurnLimiter(Supplier<Duration> next) implements ConnectLimiter {

        @Override
        public Duration hold(String camera, Address address) {
            return next.get();
        }

        @Override
        public void lost(String camera, Address address, Fault fault, boolean own) {}

        @Override
        public void well(String camera) {}
    }

    @Test
    void withoutThePartThatStartsProcessesItWaits() throws Exception {
        FakeChild first = streaming(1);
        processes = Optional.empty();
        first.exits(137);
        awaitState(CameraState.BACKOFF);
        pass(Duration.ofSeconds(3));
        awaitState(CameraState.CONNECTING);

        processes = Optional.of(children);

        streaming(2);
    }

    @Test
    void whatCannotBeStartedIsAFaultAndIsTriedAgain() throws Exception {
        FakeChild first = streaming(1);
        children.refuse("no such file: install libc6");
        first.exits(137);
        awaitState(CameraState.BACKOFF);
        pass(Duration.ofMillis(300));
        await().untilAsserted(
                        () ->
                                assertThat(front.status().fault().map(Fault::detail).orElse(""))
                                        .contains("install libc6"));

        children.allow();
        pass(Duration.ofSeconds(5));

        streaming(2);
    }

    @Test
    void anotherDecoderTakesOverAtItsFirstFrameOfThePresent() throws Exception {
        FakeChild first = streaming(1);
        long before = front.ring().sequence();

        front.renew();
        pass(Duration.ofMillis(100));
        FakeChild beside = begun(2);
        assertThat(beside.name()).isNotEqualTo(first.name());
        beside.prints(HEADER);
        beside.prints(frames(1));
        beside.awaitReader();
        assertThat(first.asked()).as("what it gathered is the past").isZero();
        clock.advance(Duration.ofMillis(200));
        beside.prints(frames(1));

        await().until(() -> first.asked() > 0);
        beside.awaitReader();
        assertThat(front.ring().sequence()).isEqualTo(before + 1);
        assertThat(front.status().state()).isEqualTo(CameraState.STREAMING);
    }

    @Test
    void anotherDecoderThatGivesNothingLeavesTheFirstOneAlone() throws Exception {
        FakeChild first = streaming(1);
        front.renew();
        pass(Duration.ofMillis(100));
        FakeChild beside = begun(2);

        beside.exits(1);
        first.prints(frames(2));
        first.awaitReader();

        assertThat(first.asked()).isZero();
        assertThat(front.status().state()).isEqualTo(CameraState.STREAMING);
        pass(Duration.ofSeconds(2));
        assertThat(children.starts()).as("not at once again").isEqualTo(2);
    }

    @Test
    void theDecoderIsLeftToASuccessorWhichGoesOnWithTheNextFrame() throws Exception {
        FakeChild child = streaming(1);
        child.prints(frames(2));
        child.awaitReader();
        long sequence = front.ring().sequence();

        front = swapped();
        child.prints(frames(1));

        await().until(() -> front.ring().sequence() == sequence + 1);
        assertThat(children.starts()).isEqualTo(1);
        assertThat(child.asked()).isZero();
        assertThat(child.isHeld()).isTrue();
        assertThat(front.status().reconnects()).isZero();
    }

    @Test
    void aSuccessorConnectsAnewWhenTheDecoderThatWasLeftIsGone() throws Exception {
        FakeChild child = streaming(1);

        front = left();
        child.exits(137);
        front.start();

        streaming(2);
    }

    @Test
    void aSwapWhileItConnectsEndsThatTryAndBeginsAnother() throws Exception {
        FakeChild child = begun(1);

        front = swapped();

        assertThat(child.asked()).isPositive();
        streaming(2);
    }

    @Test
    void aSwapWhileItWaitsGoesOnWaitingAndCountsOn() throws Exception {
        FakeChild first = streaming(1);
        first.exits(137);
        awaitState(CameraState.BACKOFF);
        pass(Duration.ofMillis(200));
        FakeChild second = begun(2);
        second.says("Connection refused");
        second.exits(1);
        awaitState(CameraState.BACKOFF);
        CameraStatus before = front.status();

        front = swapped();

        assertThat(front.status().state()).isEqualTo(CameraState.BACKOFF);
        assertThat(front.status().failures()).isEqualTo(before.failures());
        assertThat(children.starts()).isEqualTo(2);
        pass(Duration.ofSeconds(5));
        children.awaitStart(3);
    }

    @Test
    void aSwapWhileAnotherDecoderIsUnderWayEndsThatOneAlone() throws Exception {
        FakeChild first = streaming(1);
        front.renew();
        pass(Duration.ofMillis(100));
        FakeChild beside = begun(2);

        front = swapped();
        first.prints(frames(1));
        first.awaitReader();

        assertThat(beside.asked()).isPositive();
        assertThat(first.asked()).isZero();
        awaitState(CameraState.STREAMING);
    }

    @Test
    void itEndsItsDecoderWhenItIsEndedWhateverItDoes() throws Exception {
        FakeChild child = begun(1);

        front.end();

        assertThat(front.gone()).succeedsWithin(Duration.ofSeconds(20));
        assertThat(child.isAlive()).isFalse();
    }

    /** A successor that has begun. */
    private StreamSupervisor swapped() throws Exception {
        StreamSupervisor next = left();
        next.start();
        await().until(() -> next.status().state() != CameraState.IDLE);
        return next;
    }

    /** A successor that knows what the present one left, and has not begun. */
    private StreamSupervisor left() throws Exception {
        front.leave();
        front.awaitReleased(LIMIT);
        front.handOver();
        Handover handover =
                new HandoverFile(folder, SETTINGS)
                        .read(clock.nanos(), clock.instant())
                        .orElseThrow();
        StreamSupervisor next = supervisor();
        next.continueFrom(handover);
        return next;
    }
}
