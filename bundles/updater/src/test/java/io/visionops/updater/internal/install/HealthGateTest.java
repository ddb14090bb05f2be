package io.visionops.updater.internal.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.health.HealthStatus;
import io.visionops.testkit.ManualClock;
import io.visionops.updater.internal.install.HealthGate.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthGateTest {

    private static final GateLimits LIMITS =
            new GateLimits(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(5));

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeParts parts = new FakeParts(clock);
    private List<String> wrong = List.of();
    private HealthGate gate;

    /** Nanoseconds of processor time, and the share of both processors that is added. */
    private long used = 1;

    private double busy = 0.2;

    @BeforeEach
    void begin() {
        parts.live();
        gate = new Gate().of();
    }

    /** As everything is at this moment. */
    private final class Gate {
        HealthGate of() {
            return of(0.2);
        }

        /** Of a program that took so much of all processors before. */
        HealthGate of(double processors) {
            Baseline now = Baseline.take(parts, clock);
            Baseline before =
                    new Baseline(now.streaming(), now.analysed(), now.checks(), processors);
            return new HealthGate(
                    before,
                    parts,
                    () -> wrong,
                    new CommitProbe(parts, clock, clock),
                    new ProcessorUse(() -> OptionalLong.of(used), 2, clock),
                    LIMITS,
                    clock,
                    clock);
        }
    }

    /** Looks twice a second, as the updater does; the last verdict. */
    private Verdict after(Duration time) {
        Verdict verdict = new Verdict.Waiting("");
        for (Duration past = Duration.ZERO;
                past.compareTo(time) < 0 && verdict instanceof Verdict.Waiting;
                past = past.plusMillis(500)) {
            clock.advance(Duration.ofMillis(500));
            used += (long) (busy * 2 * 500_000_000L);
            parts.live();
            verdict = gate.look();
        }
        return verdict;
    }

    private void assertThatItFailsFor(String reason) {
        assertThat(after(Duration.ofSeconds(59)))
                .isInstanceOfSatisfying(
                        Verdict.Waiting.class,
                        verdict -> assertThat(verdict.reason()).contains(reason));
        assertThat(after(Duration.ofSeconds(2)))
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        verdict -> assertThat(verdict.reason()).contains(reason));
    }

    @Test
    void whatIsAsBeforeForTheWholeHoldPasses() {
        assertThat(after(Duration.ofSeconds(19))).isInstanceOf(Verdict.Waiting.class);
        assertThat(after(Duration.ofSeconds(5))).isEqualTo(new Verdict.Passed());
    }

    @Test
    void aReleaseThatKeepsEveryProcessorBusyFails() {
        busy = 0.98;

        assertThatItFailsFor("the program keeps every processor busy: 98 %, 20 % before");
    }

    @Test
    void aProgramThatWasAtItsLimitBeforeIsNotBlamedForIt() {
        busy = 1;
        gate = new Gate().of(0.75);

        assertThat(after(Duration.ofSeconds(25))).isEqualTo(new Verdict.Passed());
    }

    /** Java compiles what has come. */
    @Test
    void aBurstOfWorkAfterTheSwapIsForgiven() {
        busy = 1;
        after(Duration.ofSeconds(11));
        busy = 0.3;

        assertThat(after(Duration.ofSeconds(40))).isEqualTo(new Verdict.Passed());
    }

    @Test
    void aBreakBeginsTheHoldAnew() {
        after(Duration.ofSeconds(15));
        parts.streams = false;
        after(Duration.ofSeconds(1));
        parts.streams = true;

        assertThat(after(Duration.ofSeconds(19))).isInstanceOf(Verdict.Waiting.class);
        assertThat(after(Duration.ofSeconds(5))).isEqualTo(new Verdict.Passed());
    }

    @Test
    void aBundleThatIsNotActiveIsWaitedForAMomentOnly() {
        wrong = List.of("io.visionops.store is not active");

        assertThat(after(HealthGate.GRACE)).isInstanceOf(Verdict.Waiting.class);
        assertThat(after(Duration.ofSeconds(1)))
                .isEqualTo(new Verdict.Failed("io.visionops.store is not active"));
    }

    @Test
    void aDatabaseThatIsNotThereFailsAtTheLimit() {
        parts.database = Optional.empty();

        assertThatItFailsFor("the database is not there");
    }

    @Test
    void aJournalThatRefusesEventsFailsAtTheLimit() {
        parts.journal =
                entry -> CompletableFuture.failedFuture(new IllegalStateException("bad release"));

        assertThatItFailsFor("the journal does not take an event");
    }

    @Test
    void aCameraThatStreamedBeforeHasToStreamAgain() {
        parts.streams = false;

        assertThatItFailsFor("camera yard does not stream");
    }

    @Test
    void aCameraThatIsGoneFails() {
        parts.cameras = List::of;

        assertThatItFailsFor("camera yard is not there");
    }

    @Test
    void aCameraThatDidNotStreamBeforeIsNotWaitedFor() {
        parts.streams = false;
        parts.live();
        gate = new Gate().of();

        assertThat(after(Duration.ofSeconds(25))).isEqualTo(new Verdict.Passed());
    }

    @Test
    void picturesThatWereLookedAtBeforeHaveToBeAgain() {
        parts.analyses = false;

        assertThatItFailsFor("pictures of camera yard are not looked at");
    }

    @Test
    void aCheckThatIsWorseThanBeforeFails() {
        parts.checks.put("visionops.store.write", HealthStatus.WARN);

        assertThatItFailsFor("check visionops.store.write is WARN");
    }

    @Test
    void aNewCheckThatIsCriticalFails() {
        parts.checks.put("visionops.store.bad", HealthStatus.CRITICAL);

        assertThatItFailsFor("check visionops.store.bad is CRITICAL");
    }

    @Test
    void aCheckThatWasAsBadBeforeIsNoFaultOfTheRelease() {
        parts.checks.put("visionops.store.write", HealthStatus.CRITICAL);
        gate = new Gate().of();

        assertThat(after(Duration.ofSeconds(25))).isEqualTo(new Verdict.Passed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "visionops.health.cpu",
                "visionops.health.network",
                "visionops.backup.offsite",
                "visionops.updater.releases"
            })
    void whatTheMachineOrAnUpdateBeforeMovesIsNoFaultOfTheRelease(String check) {
        parts.checks.put(check, HealthStatus.CRITICAL);

        assertThat(after(Duration.ofSeconds(25))).isEqualTo(new Verdict.Passed());
    }

    @Test
    void aPartThatThrowsWhenItIsAskedFails() {
        parts.cameras =
                () -> {
                    throw new IllegalStateException("bad release");
                };

        assertThatItFailsFor("bad release");
    }

    @Test
    void aPartThatMissesAMethodFails() {
        parts.cameras =
                () -> {
                    throw new NoSuchMethodError("list");
                };

        assertThatItFailsFor("NoSuchMethodError");
    }
}
