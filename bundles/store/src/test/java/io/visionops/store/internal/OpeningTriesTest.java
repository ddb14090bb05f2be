package io.visionops.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.support.breaker.BreakerPolicy;
import io.visionops.support.breaker.BreakerStatus.State;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OpeningTriesTest {

    private static final Path FILE = Path.of("visionops.db");
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final OpeningTries tries =
            new OpeningTries(BreakerPolicy.DEFAULT.waiting(PAUSE, Duration.ofMinutes(1)), clock);

    private void fail(String words) {
        assertThat(tries.tryAcquire()).isTrue();
        tries.failed(FILE, new IOException(words), words);
    }

    @Test
    void untilTheCircuitOpensThereIsTheFirstWaitBetweenTwoTries() {
        fail("the disk is full");
        fail("the disk is full");

        assertThat(tries.status().state()).isEqualTo(State.CLOSED);
        assertThat(tries.untilNextTry()).isEqualTo(PAUSE);
        assertThat(tries.trouble()).contains("the disk is full");
    }

    @Test
    void anOpenCircuitIsAskedAgainAfterTheFirstWaitOrWhenItsOwnIsOver() {
        for (int i = 0; i < 3; i++) {
            fail("the disk is full");
        }
        assertThat(tries.tryAcquire()).isFalse();
        assertThat(tries.untilNextTry()).isEqualTo(PAUSE);

        clock.advance(Duration.ofMillis(4_900));
        assertThat(tries.untilNextTry()).isEqualTo(Duration.ofMillis(101));

        clock.advance(tries.untilNextTry());
        fail("the disk is full");
        // The second wait is twice as long; whether it is over is asked in between.
        assertThat(tries.untilNextTry()).isEqualTo(PAUSE);
    }

    @Test
    void whatNobodyHasForeseenIsTroubleToo() {
        assertThat(tries.tryAcquire()).isTrue();

        tries.failed(new IllegalStateException("no driver"));

        assertThat(tries.trouble()).contains("java.lang.IllegalStateException: no driver");
        assertThat(tries.status().failures()).isEqualTo(1);
    }

    @Test
    void aDatabaseThatIsOpenHasNoTrouble() {
        fail("the disk is full");
        assertThat(tries.tryAcquire()).isTrue();

        tries.succeeded();

        assertThat(tries.trouble()).isEmpty();
        assertThat(tries.status().cause()).isEmpty();
    }
}
