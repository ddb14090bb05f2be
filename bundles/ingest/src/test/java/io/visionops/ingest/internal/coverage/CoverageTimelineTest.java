package io.visionops.ingest.internal.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Fact.Sight;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CoverageTimelineTest {

    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final int STEP = 200;

    private final ManualClock clock = new ManualClock(T);
    private final List<Fact> told = new ArrayList<>();
    private final CoverageTimeline sheet = new CoverageTimeline("front", 1000 / STEP, told::add);

    @Test
    void aSteadyStreamIsToldInStretchesOfTenSecondsCutAtMinutes() {
        connect();
        stream(75);
        close();

        assertThat(accounts())
                .allMatch(one -> one.sight() == Sight.WATCHED)
                .extracting(one -> one.from() + " " + one.length().toSeconds())
                .startsWith(T + " 10", T.plusSeconds(10) + " 10")
                .endsWith(T.plusSeconds(60) + " 10", T.plusSeconds(70) + " 5")
                .hasSize(8);
        assertBookedOnce();
    }

    @Test
    void anOutageIsBlindFromTheLastFrameOnAndHasTheCauseOfItsVerdict() {
        connect();
        stream(30);
        pass(3_500);
        fault(CameraState.BACKOFF, Cause.TIMEOUT);
        pass(60_000);
        tryAgain();
        pass(700);
        fault(CameraState.BACKOFF, Cause.REFUSED);
        pass(25_000);
        tryAgain();
        pass(300);
        well();
        stream(10);
        close();

        assertThat(booked())
                .containsOnly(
                        Map.entry("watched", 40_000L),
                        Map.entry("timeout", 64_200L),
                        Map.entry("refused", 25_300L));
        assertBookedOnce();
    }

    @Test
    void whatWasWrongFromTheStartIsToldOfTheWholeTime() {
        connect();
        pass(15_000);
        fault(CameraState.BACKOFF, Cause.TIMEOUT);
        pass(12_000);
        close();

        assertThat(booked()).containsOnly(Map.entry("timeout", 27_000L));
    }

    @Test
    void aCameraThatNeverHadAFaultWasConnecting() {
        connect();
        pass(4_000);
        well();
        stream(6);
        close();

        assertThat(booked())
                .containsOnly(Map.entry("connecting", 4_000L), Map.entry("watched", 6_000L));
    }

    @Test
    void ofAShortGapTwoFrameIntervalsAreSeen() {
        connect();
        stream(5);
        pass(2_000);
        frame();
        stream(3);
        close();

        assertThat(accounts()).hasSize(1);
        assertThat(accounts().get(0).sight()).isEqualTo(Sight.DEGRADED);
        assertThat(accounts().get(0).cause()).isEqualTo("late");
        assertThat(accounts().get(0).length()).isEqualTo(Duration.ofSeconds(10));
        assertThat(accounts().get(0).seen()).isEqualTo(Duration.ofMillis(8_400));
    }

    @Test
    void aGapOverAFullMinuteBelongsToBothMinutes() {
        connect();
        stream(59);
        pass(2_000);
        frame();
        stream(1);
        close();

        assertThat(accounts())
                .extracting(one -> one.from().toString() + " " + one.length() + " " + one.seen())
                .endsWith("2026-01-01T00:00:50Z PT10S PT9.4S", "2026-01-01T00:01:00Z PT2S PT1S");
    }

    @Test
    void aSlowCameraIsDegradedAndItsShareIsWhatItShows() {
        connect();
        stream(20);
        state(CameraState.DEGRADED, Optional.empty(), clock.instant());
        for (int i = 0; i < 20; i++) {
            pass(1_000);
            frame();
        }
        well();
        stream(5);
        close();

        assertThat(booked())
                .containsOnly(Map.entry("watched", 25_000L), Map.entry("slow", 20_000L));
        assertThat(
                        accounts().stream()
                                .filter(one -> one.cause().equals("slow"))
                                .map(Fact.Account::seen)
                                .reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofMillis(20 * 400));
    }

    @Test
    void aFrozenPictureWasBlindBeforeTheVerdictWasSpoken() {
        connect();
        stream(47);
        Instant froze = clock.instant();
        stream(10);
        state(CameraState.DEGRADED, fault(Cause.FROZEN), froze);
        stream(30);
        well();
        stream(10);
        close();

        assertThat(booked())
                .containsOnly(Map.entry("watched", 57_000L), Map.entry("frozen", 40_000L));
        assertBookedOnce();
    }

    @Test
    void aPictureCannotHaveBeenFrozenBeforeItCame() {
        connect();
        pass(5_000);
        well();
        stream(2);
        state(CameraState.DEGRADED, fault(Cause.BLACK), T);
        stream(2);
        close();

        assertThat(booked())
                .containsOnly(Map.entry("connecting", 5_000L), Map.entry("black", 4_000L));
    }

    @Test
    void aBlurredPictureIsDegradedAndAllOfItIsSeen() {
        connect();
        stream(20);
        state(CameraState.DEGRADED, fault(Cause.BLURRED), T.plusSeconds(10));
        stream(20);
        close();

        assertThat(booked())
                .containsOnly(Map.entry("watched", 10_000L), Map.entry("blurred", 30_000L));
        assertThat(accounts())
                .filteredOn(one -> one.sight() == Sight.DEGRADED)
                .allMatch(one -> one.seen().equals(one.length()));
    }

    @Test
    void aClockSetForwardLeavesTimeThatNobodyWatched() {
        connect();
        stream(20);
        clock.jump(Duration.ofHours(1));
        stream(20);
        close();

        assertThat(booked())
                .containsOnly(Map.entry("watched", 40_000L), Map.entry("clock", 3_600_000L));
        assertBookedOnce();
    }

    @Test
    void aClockSetForwardDuringAnOutageDoesSoToo() {
        connect();
        stream(20);
        pass(3_500);
        fault(CameraState.BACKOFF, Cause.TIMEOUT);
        pass(20_000);
        clock.jump(Duration.ofMinutes(5));
        pass(20_000);
        close();

        assertThat(booked())
                .containsOnly(
                        Map.entry("watched", 20_000L),
                        Map.entry("timeout", 43_500L),
                        Map.entry("clock", 300_000L));
    }

    @Test
    void aClockSetBackBooksTheSameTimeAnew() {
        connect();
        stream(60);
        clock.jump(Duration.ofSeconds(-30));
        stream(50);
        close();

        assertThat(booked()).containsOnly(Map.entry("watched", 80_000L));
    }

    @Test
    void aClockThatHadNeverBeenSetCallsForNoTime() {
        connect();
        stream(20);
        clock.jump(Duration.ofDays(20_000));
        stream(20);
        close();

        assertThat(booked()).containsOnly(Map.entry("watched", 40_000L));
        assertThat(told)
                .filteredOn(Fact.Expected.class::isInstance)
                .extracting(one -> ((Fact.Expected) one).expected())
                .containsExactly(true, false, true);
    }

    @Test
    void aClockThatDriftsIsFollowedWithoutALoss() {
        connect();
        for (int i = 0; i < 300; i++) {
            stream(1);
            clock.jump(Duration.ofMillis(i % 2 == 0 ? 40 : -30));
        }
        close();

        List<Fact.Account> accounts = accounts();
        for (int i = 1; i < accounts.size(); i++) {
            Fact.Account before = accounts.get(i - 1);
            assertThat(accounts.get(i).from()).isEqualTo(before.from().plus(before.length()));
            assertThat(accounts.get(i).sight()).isEqualTo(Sight.WATCHED);
        }
    }

    @Test
    void aFileThatWasReadIsNotExpectedAnyMoreUntilItIsReadAgain() {
        connect();
        stream(10);
        state(CameraState.IDLE, Optional.empty(), clock.instant());
        pass(100_000);
        state(CameraState.CONNECTING, Optional.empty(), clock.instant());
        well();
        stream(5);
        close();

        assertThat(booked()).containsOnly(Map.entry("watched", 15_000L));
        assertThat(told)
                .filteredOn(Fact.Expected.class::isInstance)
                .containsExactly(
                        new Fact.Expected("front", T, true),
                        new Fact.Expected("front", T.plusSeconds(10), false),
                        new Fact.Expected("front", T.plusSeconds(110), true));
    }

    @Test
    void aPauseIsBlindWithItsCauseAndTheCameraStaysExpected() {
        connect();
        stream(30);
        fault(CameraState.IDLE, Cause.PAUSED);
        pass(120_000);
        state(CameraState.CONNECTING, Optional.empty(), clock.instant());
        pass(2_000);
        well();
        stream(10);
        close();

        assertThat(booked())
                .containsOnly(
                        Map.entry("watched", 40_000L),
                        Map.entry("paused", 120_000L),
                        Map.entry("connecting", 2_000L));
        assertThat(told)
                .filteredOn(Fact.Expected.class::isInstance)
                .containsExactly(new Fact.Expected("front", T, true));
        assertBookedOnce();
    }

    @Test
    void whatKeptTheCameraAwayBeforeOrAfterAPauseIsNotPutDownToThePause() {
        connect();
        pass(4_000);
        fault(CameraState.IDLE, Cause.PAUSED);
        pass(60_000);
        state(CameraState.CONNECTING, Optional.empty(), clock.instant());
        pass(15_000);
        fault(CameraState.BACKOFF, Cause.TIMEOUT);
        pass(5_000);
        close();

        assertThat(booked())
                .containsOnly(
                        Map.entry("connecting", 4_000L),
                        Map.entry("paused", 60_000L),
                        Map.entry("timeout", 20_000L));
        assertBookedOnce();
    }

    @Test
    void aSuccessorOfAPausedCameraGoesOnPaused() {
        connect();
        stream(10);
        fault(CameraState.IDLE, Cause.PAUSED);
        pass(5_000);
        close();
        CoverageTimeline successor = new CoverageTimeline("front", 1000 / STEP, told::add);
        successor.resume(
                CameraState.IDLE,
                fault(Cause.PAUSED),
                T.plusSeconds(10),
                clock.instant(),
                clock.nanos());
        clock.advance(Duration.ofSeconds(7));
        successor.close(clock.instant(), clock.nanos());

        assertThat(booked())
                .containsOnly(Map.entry("watched", 10_000L), Map.entry("paused", 12_000L));
    }

    @Test
    void aSuccessorGoesOnWithTheLastFrame() {
        connect();
        stream(10);
        close();
        CoverageTimeline successor = new CoverageTimeline("front", 1000 / STEP, told::add);
        clock.advance(Duration.ofMillis(300));
        successor.resume(
                CameraState.STREAMING,
                Optional.empty(),
                T.plusSeconds(10),
                clock.instant(),
                clock.nanos());
        successor.frame(clock.instant(), clock.instant(), clock.nanos());
        successor.close(clock.instant(), clock.nanos());

        assertThat(booked()).containsOnly(Map.entry("watched", 10_300L));
        assertBookedOnce();
    }

    @Test
    void framesThatWaitedForASuccessorAreAsOldAsTheyAre() {
        connect();
        stream(10);
        close();
        CoverageTimeline successor = new CoverageTimeline("front", 1000 / STEP, told::add);
        clock.advance(Duration.ofSeconds(4));
        successor.resume(
                CameraState.STREAMING,
                Optional.empty(),
                T.plusSeconds(10),
                clock.instant(),
                clock.nanos());
        for (int i = STEP; i <= 4_000; i += STEP) {
            successor.frame(T.plusSeconds(10).plusMillis(i), clock.instant(), clock.nanos());
        }
        successor.close(clock.instant(), clock.nanos());

        assertThat(booked()).containsOnly(Map.entry("watched", 14_000L));
        assertBookedOnce();
    }

    /** A day by a script: every second of it is where the script says. */
    @Test
    void aScriptedDayReconcilesToTheSecond() {
        Map<String, Long> script = new TreeMap<>();
        connect();
        for (int i = 0; i < 40; i++) {
            int well = 600 + 37 * i;
            stream(well);
            script.merge("watched", well * 1000L, Long::sum);
            switch (i % 4) {
                case 0 -> {
                    pass(3_400);
                    fault(CameraState.BACKOFF, Cause.TIMEOUT);
                    pass(1000L * i + 600);
                    tryAgain();
                    pass(1_000);
                    script.merge("timeout", 1000L * i + 5_000, Long::sum);
                }
                case 1 -> {
                    fault(CameraState.BACKOFF, Cause.END_OF_STREAM);
                    pass(1_000);
                    tryAgain();
                    pass(2_000);
                    fault(CameraState.OFFLINE, Cause.UNAUTHORISED);
                    pass(300_000);
                    script.merge("end-of-stream", 3_000L, Long::sum);
                    script.merge("unauthorised", 300_000L, Long::sum);
                }
                case 2 -> {
                    Instant froze = clock.instant();
                    stream(10);
                    state(CameraState.DEGRADED, fault(Cause.FROZEN), froze);
                    stream(45);
                    // Still frozen when it is lost.
                    pass(3_000);
                    fault(CameraState.BACKOFF, Cause.TIMEOUT);
                    pass(7_000);
                    script.merge("frozen", 55_000L, Long::sum);
                    script.merge("timeout", 10_000L, Long::sum);
                }
                default -> {
                    clock.jump(Duration.ofSeconds(17));
                    stream(1);
                    script.merge("clock", 17_000L, Long::sum);
                    script.merge("watched", 1_000L, Long::sum);
                }
            }
            well();
        }
        close();

        assertThat(booked()).isEqualTo(script);
        assertBookedOnce();
        assertThat(script.values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(Duration.between(T, clock.instant()).toMillis());
    }

    private void connect() {
        sheet.begin(clock.instant(), clock.nanos());
        if (clock.instant().equals(T) && told.size() == 1) {
            return;
        }
        throw new IllegalStateException("connected already");
    }

    private void well() {
        state(CameraState.STREAMING, Optional.empty(), clock.instant());
        frame();
    }

    /** Frames at the set rate; a camera that was not well is. */
    private void stream(int seconds) {
        if (told.size() == 1 && clock.instant().equals(T)) {
            well();
        }
        for (int i = 0; i < seconds * 1000 / STEP; i++) {
            clock.advance(Duration.ofMillis(STEP));
            frame();
        }
    }

    private void frame() {
        sheet.frame(clock.instant(), clock.instant(), clock.nanos());
    }

    /** No frame comes. */
    private void pass(long millis) {
        long left = millis;
        while (left > 0) {
            long step = Math.min(left, 500);
            clock.advance(Duration.ofMillis(step));
            sheet.tick(clock.instant(), clock.nanos());
            left -= step;
        }
    }

    private void fault(CameraState state, Cause cause) {
        state(state, fault(cause), clock.instant());
    }

    private void tryAgain() {
        state(CameraState.CONNECTING, Optional.empty(), clock.instant());
    }

    private static Optional<Fault> fault(Cause cause) {
        return Optional.of(new Fault(cause, ""));
    }

    private void state(CameraState state, Optional<Fault> fault, Instant since) {
        sheet.state(state, fault, since, clock.instant(), clock.nanos());
    }

    private void close() {
        sheet.close(clock.instant(), clock.nanos());
    }

    private List<Fact.Account> accounts() {
        return told.stream()
                .filter(Fact.Account.class::isInstance)
                .map(Fact.Account.class::cast)
                .toList();
    }

    /** Milliseconds by cause, where a later account replaces an earlier one. */
    private Map<String, Long> booked() {
        Map<String, Long> sums = new TreeMap<>();
        byMoment()
                .values()
                .forEach(
                        one ->
                                sums.merge(
                                        one.cause().isEmpty() ? "watched" : one.cause(),
                                        100L,
                                        Long::sum));
        return sums;
    }

    private Map<Long, Fact.Account> byMoment() {
        Map<Long, Fact.Account> moments = new TreeMap<>();
        for (Fact.Account one : accounts()) {
            long since = one.from().toEpochMilli();
            for (long at = since; at < since + one.length().toMillis(); at += 100) {
                moments.put(at, one);
            }
        }
        return moments;
    }

    /** Nothing lies between the first and the last moment that is not told of. */
    private void assertBookedOnce() {
        List<Long> moments = List.copyOf(byMoment().keySet());
        assertThat(moments.get(moments.size() - 1) - moments.get(0) + 100)
                .isEqualTo(moments.size() * 100L);
    }
}
