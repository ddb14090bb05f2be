package io.visionops.support.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.visionops.support.breaker.BreakerStatus.State;
import io.visionops.support.meter.Reading;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Breaker breaker = new Breaker("broker", BreakerPolicy.DEFAULT, clock);

    @Test
    void thePolicyIsThreeFailuresAndFiveMinutesDoublingToAnHour() {
        assertThat(BreakerPolicy.DEFAULT)
                .isEqualTo(
                        new BreakerPolicy(
                                3,
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(60),
                                Duration.ofSeconds(30)));
    }

    @Test
    void itOpensAfterThreeFailuresInARow() {
        fail(2);
        assertThat(breaker.tryAcquire()).isTrue();
        breaker.succeeded();
        fail(2);
        assertThat(breaker.mayCall()).isTrue();

        fail(1);

        assertThat(breaker.mayCall()).isFalse();
        assertThat(breaker.tryAcquire()).isFalse();
        assertThat(breaker.status())
                .isEqualTo(
                        new BreakerStatus(
                                "broker",
                                State.OPEN,
                                5,
                                Optional.of("connection refused"),
                                Duration.ofMinutes(5)));
        assertThat(breaker.status().words())
                .isEqualTo("broker keeps failing: connection refused; next try in 300 s");
    }

    @Test
    void theWaitDoublesToAnHourAndOneSuccessMakesItShortAgain() {
        fail(3);
        for (int minutes : new int[] {5, 10, 20, 40, 60, 60}) {
            awaitAndProbe(minutes);
            breaker.failed(new IOException("connection refused"));
            assertThat(breaker.status().state()).isEqualTo(State.OPEN);
        }

        awaitAndProbe(60);
        breaker.succeeded();

        assertThat(breaker.status().state()).isEqualTo(State.CLOSED);
        assertThat(breaker.status().cause()).isEmpty();
        fail(3);
        awaitAndProbe(5);
    }

    @Test
    void aWallClockThatIsSetBackByADayChangesNothing() {
        fail(3);

        clock.jump(Duration.ofHours(-24));
        awaitAndProbe(5);
        breaker.succeeded();

        assertThat(breaker.mayCall()).isTrue();
    }

    @Test
    void aWallClockThatIsSetAheadByADayOpensNothingSooner() {
        fail(3);

        clock.jump(Duration.ofHours(24));

        assertThat(breaker.tryAcquire()).isFalse();
    }

    @Test
    void oneCallAtATimeIsAProbe() {
        fail(3);
        awaitAndProbe(5);

        assertThat(breaker.mayCall()).isFalse();
        assertThat(breaker.tryAcquire()).isFalse();
        assertThat(breaker.status().words())
                .isEqualTo("broker is being tried again: connection refused");
    }

    @Test
    void aProbeThatDoesNotComeBackHasFailedAfterThirtySeconds() {
        fail(3);
        awaitAndProbe(5);

        clock.advance(Duration.ofSeconds(30));

        assertThat(breaker.status().state()).isEqualTo(State.OPEN);
        awaitAndProbe(10);
    }

    @Test
    void aProbeThatIsCalledOffMayBeMadeAgain() {
        fail(3);
        awaitAndProbe(5);

        breaker.cancelled();

        assertThat(breaker.tryAcquire()).isTrue();
    }

    @Test
    void aFailureThatNeedNotBeSeenTwiceOpensAtOnceAndAProbeThatEndsSoWaitsTwiceAsLong() {
        breaker.tryAcquire();
        breaker.trip(new IOException("hangs"));
        assertThat(breaker.mayCall()).isFalse();

        awaitAndProbe(5);
        breaker.trip(new IOException("hangs"));

        awaitAndProbe(10);
        assertThat(breaker.status().failures()).isEqualTo(2);
    }

    @Test
    void aCallIsMadeOrRefusedWithTheCauseOfBefore() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(
                            () ->
                                    breaker.call(
                                            () -> {
                                                calls.incrementAndGet();
                                                throw new IOException("no route");
                                            }))
                    .isInstanceOf(IOException.class);
        }

        assertThatThrownBy(() -> breaker.call(calls::incrementAndGet))
                .isInstanceOf(CallRefusedException.class)
                .hasMessage("broker keeps failing: no route; next try in 300 s");
        assertThat(calls).hasValue(3);
        clock.advance(Duration.ofMinutes(6));
        assertThat(breaker.call(calls::incrementAndGet)).isEqualTo(4);
    }

    @Test
    void theBreakersOfAPartAreMeters() {
        Breakers breakers = new Breakers("delivery", clock);
        Breaker mail = breakers.of("mail", BreakerPolicy.DEFAULT);
        assertThat(breakers.of("mail", BreakerPolicy.DEFAULT)).isSameAs(mail);
        for (int i = 0; i < 3; i++) {
            mail.tryAcquire();
            mail.failed(new IOException("no"));
        }

        assertThat(breakers.readings())
                .extracting(Reading::name, Reading::value)
                .containsExactly(
                        tuple("visionops.breaker.state", 2.0),
                        tuple("visionops.breaker.failures", 3.0));

        breakers.forget(mail);
        assertThat(breakers.readings()).isEmpty();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(breaker.tryAcquire()).isTrue();
            breaker.failed(new IOException("connection refused"));
        }
    }

    /** The probe is not permitted before the wait is over, and is then. */
    private void awaitAndProbe(int minutes) {
        clock.advance(Duration.ofMinutes(minutes).minusMillis(1));
        assertThat(breaker.mayCall()).isFalse();
        assertThat(breaker.tryAcquire()).isFalse();
        clock.advance(Duration.ofMillis(2));
        assertThat(breaker.mayCall()).isTrue();
        assertThat(breaker.tryAcquire()).isTrue();
    }
}
