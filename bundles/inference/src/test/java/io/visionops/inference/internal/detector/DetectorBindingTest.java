package io.visionops.inference.internal.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Severity;
import io.visionops.support.breaker.Breakers;
import io.visionops.testkit.FakeCamera;
import io.visionops.testkit.FakeDetector;
import io.visionops.testkit.FakeFrame;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DetectorBindingTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Detection PERSON =
            new Detection("person", 0.9, new Box(0.1, 0.1, 0.2, 0.5));

    /** Until a detector that failed three times is tried again. */
    private static final Duration WAIT = Duration.ofSeconds(10).plusMillis(1);

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final AtomicBoolean withoutModels = new AtomicBoolean();
    private final DetectorRegistry bench = new DetectorRegistry("auto");
    private final Breakers breakers = new Breakers("inference", clock);
    private final HungCalls hung = new HungCalls();
    private final List<String> told = new ArrayList<>();
    private final FakeFrame frame = FakeFrame.blank("front", 1, Instant.EPOCH);

    private final FakeDetector motion =
            new FakeDetector("motion", 0, Set.of("moving"), false, any -> List.of());
    private final FakeDetector model = FakeDetector.persons("model", 10, any -> List.of(PERSON));

    @Test
    void withoutADetectorThereIsNoneToPrepare() {
        DetectorBinding seat = seat("auto");

        assertThat(seat.prepare()).isFalse();
        assertThat(seat.detector()).isEmpty();
    }

    @Test
    void withoutModelsMotionIsUsedWhateverIsConfiguredAndTheModelComesBack() {
        bench.add(motion);
        bench.add(model);
        DetectorBinding seat = seat("model");
        assertThat(inUse(seat)).isSameAs(model);

        withoutModels.set(true);
        assertThat(inUse(seat)).isSameAs(motion);

        withoutModels.set(false);
        assertThat(inUse(seat)).isSameAs(model);
    }

    @Test
    void withoutModelsNoModelStandsInForMotionThatIsNotThere() {
        bench.add(model);
        withoutModels.set(true);
        DetectorBinding seat = seat("auto");

        assertThat(seat.prepare()).isFalse();

        bench.add(motion);
        assertThat(inUse(seat)).isSameAs(motion);
    }

    @Test
    void autoTakesTheBest() {
        bench.add(motion);
        bench.add(model);

        assertThat(inUse(seat("auto"))).isSameAs(model);
    }

    @Test
    void aCameraGetsTheDetectorThatItNames() {
        bench.add(motion);
        bench.add(model);

        assertThat(inUse(seat("motion"))).isSameAs(motion);
    }

    @Test
    void aCameraThatLeavesTheChoiceGetsThePreferredOne() {
        DetectorRegistry preferring = new DetectorRegistry("motion");
        preferring.add(motion);
        preferring.add(model);

        assertThat(
                        inUse(
                                new DetectorBinding(
                                        settings("auto"),
                                        preferring,
                                        () -> false,
                                        breakers,
                                        hung,
                                        this::told,
                                        clock,
                                        clock)))
                .isSameAs(motion);
        assertThat(
                        inUse(
                                new DetectorBinding(
                                        settings("model"),
                                        preferring,
                                        () -> false,
                                        breakers,
                                        hung,
                                        this::told,
                                        clock,
                                        clock)))
                .isSameAs(model);
    }

    @Test
    void aNamedDetectorThatIsNotThereIsNotReplacedByAnotherAndTakenWhenItComes() {
        bench.add(motion);
        DetectorBinding seat = seat("model");
        assertThat(seat.prepare()).isFalse();

        bench.add(model);

        assertThat(inUse(seat)).isSameAs(model);
        assertThat(motion.openedSessions()).isZero();
    }

    @Test
    void aPreferredDetectorThatIsNotThereIsNotReplacedEither() {
        DetectorRegistry preferring = new DetectorRegistry("nonsense");
        preferring.add(motion);

        assertThat(
                        new DetectorBinding(
                                        settings("auto"),
                                        preferring,
                                        () -> false,
                                        breakers,
                                        hung,
                                        this::told,
                                        clock,
                                        clock)
                                .prepare())
                .isFalse();
    }

    @Test
    void theDetectorThatTheCameraNamesIsAskedFor() {
        List<String> asked = new ArrayList<>();
        bench.use(supply(asked));
        DetectorBinding seat = seat("model");
        seat.prepare();

        seat.request();

        assertThat(asked).containsExactly("model");
    }

    @Test
    void aCameraThatLeavesTheChoiceAsksForTheDetectorThatItHadBefore() {
        List<String> asked = new ArrayList<>();
        bench.use(supply(asked));
        DetectorBinding fresh = seat("auto");
        fresh.request();
        assertThat(asked).isEmpty();

        DetectorBinding seat = seat("auto");
        seat.goOnFrom(Optional.of("model"), Optional.empty());
        seat.request();

        assertThat(asked).containsExactly("model");
    }

    @Test
    void whoWaitsForADetectorIsWokenToAskASupplyThatComesLater() throws Exception {
        DetectorBinding seat = seat("model");
        seat.prepare();
        seat.request();
        List<String> asked = new ArrayList<>();
        bench.use(supply(asked));

        seat.awaitDetector(TimeUnit.MINUTES.toNanos(1));
        seat.request();

        assertThat(asked).containsExactly("model");
    }

    private static DetectorSupply supply(List<String> asked) {
        return new DetectorSupply() {
            @Override
            public boolean loading() {
                return true;
            }

            @Override
            public void want(String name) {
                asked.add(name);
            }

            @Override
            public Optional<String> absence(String name) {
                return Optional.empty();
            }
        };
    }

    @Test
    void autoPassesOverADetectorThatFindsNothingOfWhatIsToBeCounted() {
        bench.add(new FakeDetector("helmets", 20, Set.of("helmet"), false, any -> List.of()));
        bench.add(model);

        assertThat(inUse(seat("auto"))).isSameAs(model);
    }

    @Test
    void aDetectorThatFailsIsNamedUntilItWorks() throws DetectorException {
        boolean[] fails = {true};
        FakeDetector moody =
                FakeDetector.persons(
                        "moody",
                        5,
                        any -> {
                            if (fails[0]) {
                                throw new DetectorException("out of memory");
                            }
                            return List.of();
                        });
        bench.add(motion);
        bench.add(moody);
        DetectorBinding seat = seat("moody");
        seat.prepare();
        assertThat(seat.failure()).isEmpty();

        fail(seat, 3);
        assertThat(inUse(seat)).isSameAs(motion);
        assertThat(seat.failure()).contains("detector moody fails: out of memory");
        clock.advance(WAIT);
        assertThat(inUse(seat)).isSameAs(moody);
        assertThat(seat.failure()).isPresent();

        fails[0] = false;
        seat.detect(frame);
        assertThat(seat.failure()).isEmpty();
    }

    @Test
    void aDetectorThatLeavesIsNotInUseWhenItsRemovalReturns() throws DetectorException {
        bench.add(motion);
        bench.add(model);
        DetectorBinding seat = seat("auto");
        seat.prepare();

        bench.remove(model, SECOND);

        assertThat(model.openSessions()).isZero();
        assertThat(seat.detect(frame)).isEmpty();
        assertThat(seat.prepare()).isFalse();
    }

    @Test
    void aDetectorThatComesBackInAMomentIsWaitedForAndOneThatDoesNotIsReplaced() {
        bench.add(motion);
        bench.add(model);
        DetectorBinding seat = seat("auto");
        seat.prepare();

        bench.remove(model, SECOND);
        assertThat(seat.prepare()).isFalse();
        FakeDetector again = FakeDetector.persons("model", 10, any -> List.of(PERSON));
        bench.add(again);
        assertThat(inUse(seat)).isSameAs(again);

        bench.remove(again, SECOND);
        clock.advance(Duration.ofMillis(1999));
        assertThat(seat.prepare()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(inUse(seat)).isSameAs(motion);
        assertThat(motion.openedSessions()).isEqualTo(1);
    }

    @Test
    void theDetectorOfBeforeIsWaitedForUnlessTheCameraNamesAnother() {
        bench.add(motion);
        DetectorBinding auto = seat("auto");
        auto.goOnFrom(Optional.of("model"), Optional.empty());
        DetectorBinding named = seat("motion");
        named.goOnFrom(Optional.of("model"), Optional.empty());

        assertThat(auto.prepare()).isFalse();
        assertThat(inUse(named)).isSameAs(motion);

        bench.add(model);
        assertThat(inUse(auto)).isSameAs(model);
    }

    @Test
    void aDetectorThatLeavesIsAwaitedWhileItWorks() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        FakeDetector slow =
                FakeDetector.persons(
                        "slow",
                        5,
                        any -> {
                            working.countDown();
                            awaitLatch(go);
                            return List.of(PERSON);
                        });
        bench.add(slow);
        DetectorBinding seat = seat("auto");
        seat.prepare();
        Thread analysis = new Thread(() -> detectQuietly(seat));
        analysis.start();
        working.await();

        Thread removal = new Thread(() -> bench.remove(slow, 60 * SECOND));
        removal.start();
        removal.join(50);
        assertThat(removal.isAlive()).isTrue();
        go.countDown();
        removal.join();

        assertThat(slow.openSessions()).isZero();
        analysis.join();
    }

    @Test
    void aDetectorThatHangsDoesNotHoldUpItsRemoval() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        FakeDetector hung =
                FakeDetector.persons(
                        "hung",
                        5,
                        any -> {
                            working.countDown();
                            awaitLatch(never);
                            return List.of();
                        });
        bench.add(hung);
        DetectorBinding seat = seat("auto");
        seat.prepare();
        Thread analysis = new Thread(() -> detectQuietly(seat));
        analysis.start();
        working.await();

        bench.remove(hung, SECOND / 20);

        assertThat(analysis.isAlive()).isTrue();
        never.countDown();
        analysis.join();
    }

    @Test
    void afterThreeFailuresInARowTheNextBestIsUsedForTenSecondsAndThenForTwenty() {
        FakeDetector failing =
                FakeDetector.persons(
                        "failing",
                        5,
                        any -> {
                            throw new DetectorException("no");
                        });
        bench.add(motion);
        bench.add(failing);
        DetectorBinding seat = seat("auto");
        seat.prepare();

        fail(seat, 2);
        assertThat(inUse(seat)).isSameAs(failing);
        fail(seat, 1);
        assertThat(inUse(seat)).isSameAs(motion);
        clock.advance(Duration.ofMillis(9_999));
        assertThat(inUse(seat)).isSameAs(motion);
        clock.advance(Duration.ofMillis(2));
        assertThat(inUse(seat)).isSameAs(failing);

        fail(seat, 1);
        assertThat(inUse(seat)).isSameAs(motion);
        clock.advance(Duration.ofMillis(19_999));
        assertThat(inUse(seat)).isSameAs(motion);
        clock.advance(Duration.ofMillis(2));
        assertThat(inUse(seat)).isSameAs(failing);
    }

    @Test
    void aDetectorThatFailsIsNamedWhileOneStandsInThatFailedBeforeAndWorksAgain()
            throws DetectorException {
        boolean[] fails = {true};
        FakeDetector best = failing("best", 20);
        FakeDetector second =
                FakeDetector.persons(
                        "second",
                        10,
                        any -> {
                            if (fails[0]) {
                                throw new DetectorException("no");
                            }
                            return List.of();
                        });
        bench.add(motion);
        bench.add(best);
        bench.add(second);
        DetectorBinding seat = seat("auto");
        fail(seat, 6);
        assertThat(inUse(seat)).isSameAs(motion);

        clock.advance(WAIT);
        fail(seat, 1);
        fails[0] = false;
        assertThat(inUse(seat)).isSameAs(second);
        seat.detect(frame);

        assertThat(seat.failure()).contains("detector best fails: no");
        assertThat(seat.passedOver()).containsExactly("best");
    }

    @Test
    void aDetectorThatIsLoadedAnewIsTriedAtOnce() {
        bench.add(motion);
        FakeDetector broken = failing("model", 10);
        bench.add(broken);
        DetectorBinding seat = seat("auto");
        fail(seat, 3);
        assertThat(inUse(seat)).isSameAs(motion);

        bench.add(model);
        bench.remove(broken, SECOND);

        assertThat(inUse(seat)).isSameAs(model);
        assertThat(seat.failure()).isEmpty();
    }

    @Test
    void aDetectorThatKeepsFailingIsABreakerOfThePartUntilTheCameraGoes() {
        bench.add(failing("model", 10));
        DetectorBinding seat = seat("auto");
        fail(seat, 3);

        assertThat(breakers.statuses())
                .singleElement()
                .satisfies(
                        status -> {
                            assertThat(status.call()).isEqualTo("detector model of camera front");
                            assertThat(status.isTripped()).isTrue();
                        });

        seat.close();
        assertThat(breakers.statuses()).isEmpty();
    }

    @Test
    void whoStandsInIsToldOnceWithSinceWhenAndTheReturnToo() throws DetectorException {
        boolean[] fails = {true};
        FakeDetector moody =
                FakeDetector.persons(
                        "moody",
                        5,
                        any -> {
                            if (fails[0]) {
                                throw new DetectorException("out of memory");
                            }
                            return List.of();
                        });
        bench.add(motion);
        bench.add(moody);
        DetectorBinding seat = seat("moody");
        fail(seat, 3);
        seat.prepare();
        clock.advance(WAIT);
        fail(seat, 1);
        assertThat(inUse(seat)).isSameAs(motion);
        assertThat(seat.standIn()).contains(new FallbackDetector("motion", Instant.EPOCH));

        clock.advance(WAIT.multipliedBy(2));
        fails[0] = false;
        assertThat(inUse(seat)).isSameAs(moody);
        seat.detect(frame);

        assertThat(seat.standIn()).isEmpty();
        assertThat(told)
                .containsExactly(
                        "WARNING detector moody fails: out of memory; meanwhile it is motion, since"
                                + " 1970-01-01T00:00:00Z",
                        "INFO detector moody works again; motion stood in since"
                                + " 1970-01-01T00:00:00Z");
    }

    @Test
    void thatNothingStandsInIsToldToo() {
        bench.add(failing("model", 5));
        DetectorBinding seat = seat("model");
        fail(seat, 3);

        assertThat(seat.prepare()).isFalse();

        assertThat(told)
                .containsExactly(
                        "WARNING detector model fails: no; no other detector works, since"
                                + " 1970-01-01T00:00:00Z");
    }

    @Test
    void aDetectorThatHangsIsGivenUpAfterThirtySecondsAndTriedAgainWithANewSession()
            throws Exception {
        HangingDetector model = new HangingDetector();
        bench.add(motion);
        bench.add(model.detector);
        DetectorBinding seat = seat("model");
        seat.prepare();
        seat.detect(frame);

        assertThat(hangFor(seat, model, Duration.ofSeconds(30)))
                .hasMessage("no answer within 30 s");

        assertThat(hung.count()).isEqualTo(1);
        assertThat(inUse(seat)).isSameAs(motion);
        assertThat(seat.detect(frame)).isPresent();
        assertThat(seat.failure()).contains("detector model fails: no answer within 30 s");
        model.hangs.set(false);
        clock.advance(WAIT);
        assertThat(inUse(seat)).isSameAs(model.detector);
        assertThat(seat.detect(frame)).isPresent();
        assertThat(seat.failure()).isEmpty();
        assertThat(told).hasSize(2);

        model.never.countDown();
        await().until(() -> hung.count() == 0);
        // Its own thread has closed the session that hung.
        await().until(() -> model.detector.openSessions() == 1);
        seat.close();
        assertThat(model.detector.openSessions()).isZero();
    }

    @Test
    void aCallThatTakesLessThanThirtySecondsIsWaitedFor() throws Exception {
        HangingDetector model = new HangingDetector();
        bench.add(model.detector);
        DetectorBinding seat = seat("model");
        model.hangs.set(true);
        seat.prepare();
        CompletableFuture<Optional<List<Detection>>> answer = detectLater(seat);
        model.hanging.acquire();

        clock.advance(Duration.ofSeconds(29));
        model.never.countDown();

        assertThat(answer.get(10, TimeUnit.SECONDS)).isPresent();
        assertThat(hung.count()).isZero();
    }

    @Test
    void aDetectorThatHangsAgainAndAgainCostsFourThreadsAndIsNotTriedAnyMore() throws Exception {
        HangingDetector model = new HangingDetector();
        bench.add(motion);
        bench.add(model.detector);
        DetectorBinding seat = seat("model");
        seat.prepare();
        hangFor(seat, model, Duration.ofSeconds(30));
        for (int i = 1; i < HungCalls.MOST; i++) {
            clock.advance(Duration.ofHours(1));
            assertThat(inUse(seat)).isSameAs(model.detector);
            // Less patience with one that hung before.
            hangFor(seat, model, Duration.ofSeconds(12));
            assertThat(inUse(seat)).isSameAs(motion);
        }

        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofHours(1));
            assertThat(inUse(seat)).isSameAs(motion);
            assertThat(seat.detect(frame)).isPresent();
        }
        assertThat(hung.count()).isEqualTo(HungCalls.MOST);
        assertThat(model.detector.openedSessions()).isEqualTo(HungCalls.MOST);

        model.never.countDown();
        model.hangs.set(false);
        await().until(() -> hung.count() == 0);
        clock.advance(Duration.ofMillis(1));
        assertThat(inUse(seat)).isSameAs(model.detector);
    }

    @Test
    void aSeatThatIsAbandonedDoesNotWaitForACallThatHangs() throws Exception {
        HangingDetector model = new HangingDetector();
        bench.add(model.detector);
        DetectorBinding seat = seat("model");
        model.hangs.set(true);
        seat.prepare();
        CompletableFuture<Optional<List<Detection>>> answer = detectLater(seat);
        model.hanging.acquire();

        seat.abandon();

        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(DetectorHungException.class);
        model.never.countDown();
    }

    /** Makes a call that does not come back for so long; returns what becomes of it. */
    private Throwable hangFor(DetectorBinding seat, HangingDetector model, Duration time)
            throws Exception {
        model.hangs.set(true);
        CompletableFuture<Optional<List<Detection>>> answer = detectLater(seat);
        model.hanging.acquire();
        clock.advance(time);
        return catchThrowable(() -> answer.get(10, TimeUnit.SECONDS)).getCause();
    }

    private CompletableFuture<Optional<List<Detection>>> detectLater(DetectorBinding seat) {
        CompletableFuture<Optional<List<Detection>>> answer = new CompletableFuture<>();
        new Thread(
                        () -> {
                            try {
                                answer.complete(seat.detect(frame));
                            } catch (DetectorException e) {
                                answer.completeExceptionally(e);
                            }
                        })
                .start();
        return answer;
    }

    /** Hangs as native code does: it cannot be interrupted. */
    private static final class HangingDetector {

        final AtomicBoolean hangs = new AtomicBoolean();
        final Semaphore hanging = new Semaphore(0);
        final CountDownLatch never = new CountDownLatch(1);
        final FakeDetector detector = FakeDetector.persons("model", 10, any -> look());

        private List<Detection> look() {
            if (hangs.get()) {
                hanging.release();
                boolean over = false;
                while (!over) {
                    try {
                        never.await();
                        over = true;
                    } catch (InterruptedException e) {
                        over = false;
                    }
                }
            }
            return List.of(PERSON);
        }
    }

    private static FakeDetector failing(String name, int quality) {
        return FakeDetector.persons(
                name,
                quality,
                any -> {
                    throw new DetectorException("no");
                });
    }

    @Test
    void aSuccessBetweenFailuresStartsTheCountAnew() throws DetectorException {
        boolean[] fails = {true};
        FakeDetector moody =
                FakeDetector.persons(
                        "moody",
                        5,
                        any -> {
                            if (fails[0]) {
                                throw new DetectorException("no");
                            }
                            return List.of();
                        });
        bench.add(motion);
        bench.add(moody);
        DetectorBinding seat = seat("auto");
        seat.prepare();

        fail(seat, 2);
        fails[0] = false;
        seat.detect(frame);
        fails[0] = true;
        fail(seat, 2);

        assertThat(inUse(seat)).isSameAs(moody);
    }

    @Test
    void theOnlyDetectorThatFailsHasItsPauseToo() {
        FakeDetector failing =
                FakeDetector.persons(
                        "failing",
                        5,
                        any -> {
                            throw new DetectorException("no");
                        });
        bench.add(failing);
        DetectorBinding seat = seat("auto");
        seat.prepare();

        fail(seat, 3);
        assertThat(seat.prepare()).isFalse();
        clock.advance(WAIT);

        assertThat(inUse(seat)).isSameAs(failing);
    }

    @Test
    void aDetectorThatBreaksInAnyWayHasFailed() {
        bench.add(
                FakeDetector.persons(
                        "broken",
                        5,
                        any -> {
                            throw new UnsatisfiedLinkError("gone");
                        }));
        DetectorBinding seat = seat("auto");
        seat.prepare();

        assertThatThrownBy(() -> seat.detect(frame))
                .isInstanceOf(DetectorException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void aDetectorThatCannotServeTheCameraIsPassedOverForAWhile() {
        bench.add(motion);
        bench.add(unopenable());

        assertThat(inUse(seat("auto"))).isSameAs(motion);
    }

    private void told(Severity severity, String words) {
        told.add(severity + " " + words);
    }

    private DetectorBinding seat(String detector) {
        return new DetectorBinding(
                settings(detector),
                bench,
                withoutModels::get,
                breakers,
                hung,
                this::told,
                clock,
                clock);
    }

    private static CameraSettings settings(String detector) {
        return FakeCamera.settings(
                "front",
                new DetectionSettings(
                        10, 640, detector, Set.of("person"), 0.5, List.of(), List.of(), List.of()));
    }

    private static Detector inUse(DetectorBinding seat) {
        assertThat(seat.prepare()).isTrue();
        return seat.detector().orElseThrow();
    }

    private void fail(DetectorBinding seat, int times) {
        for (int i = 0; i < times; i++) {
            seat.prepare();
            try {
                seat.detect(frame);
                throw new AssertionError("did not fail");
            } catch (DetectorException e) {
                seat.failed(e);
            }
        }
    }

    private void detectQuietly(DetectorBinding seat) {
        try {
            seat.detect(frame);
        } catch (DetectorException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitLatch(CountDownLatch latch) throws DetectorException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new DetectorException("interrupted", e);
        }
    }

    /** Serves no camera. */
    private static Detector unopenable() {
        return FakeDetector.opening(
                "unopenable",
                20,
                camera -> {
                    throw new DetectorException("not for this camera");
                });
    }
}
