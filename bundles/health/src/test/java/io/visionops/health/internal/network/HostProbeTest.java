package io.visionops.health.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.support.breaker.Breaker;
import io.visionops.support.breaker.BreakerPolicy;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HostProbeTest {

    /** A name server that answers nothing for as long as a test wants. */
    private static final class DeafNames implements Network {

        final CountDownLatch answer = new CountDownLatch(1);
        final AtomicInteger asked = new AtomicInteger();

        @Override
        public List<InetAddress> resolve(String host) throws IOException {
            asked.incrementAndGet();
            while (true) {
                try {
                    answer.await();
                    return List.of();
                } catch (InterruptedException e) {
                    // As a call of the system is not ended by that either.
                    continue;
                }
            }
        }

        @Override
        public void connect(InetSocketAddress to, Duration limit) {
            throw new AssertionError("without an address there is nothing to connect to");
        }
    }

    @Test
    void aNameServerThatDoesNotAnswerHoldsOneThreadAndNobodyElse() {
        ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
        DeafNames network = new DeafNames();
        try (HostProbe probe =
                new HostProbe(
                        new OutsideHost("broker", 1883),
                        network,
                        new Breaker("outside host 1", BreakerPolicy.DEFAULT, clock),
                        Duration.ofSeconds(1))) {
            assertThat(probe.look().trouble())
                    .contains("its name cannot be resolved: not done within 1 s");
            assertThat(probe.look().trouble()).get().asString().contains("is under way");
            probe.look();

            assertThat(probe.found().breaker().isTripped()).isTrue();
            assertThat(network.asked).hasValue(1);
        } finally {
            network.answer.countDown();
        }
    }
}
