package io.visionops.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(START);
    private final TimeOrderedIds ids = new TimeOrderedIds(clock, new Random(1));

    @Test
    void anIdCarriesVersionVariantAndTheMillisecondOfTheClock() {
        UUID id = ids.get();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(START.toEpochMilli());
    }

    @Test
    void idsRiseWithinAMillisecondBeyondWhatItsCounterHolds() {
        List<UUID> made = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            made.add(ids.get());
        }

        assertThat(made).isSortedAccordingTo((a, b) -> a.toString().compareTo(b.toString()));
        assertThat(new HashSet<>(made)).hasSize(20_000);
    }

    @Test
    void idsRiseWhileTheClockJumpsBothWays() {
        Random random = new Random(2);
        List<UUID> made = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            made.add(ids.get());
            clock.jump(Duration.ofMillis(random.nextInt(200_000) - 100_000));
        }

        assertThat(made).isSortedAccordingTo((a, b) -> a.toString().compareTo(b.toString()));
        assertThat(new HashSet<>(made)).hasSize(1000);
    }

    @Test
    void threadsNeverGetTheSameId() throws InterruptedException {
        ConcurrentLinkedQueue<UUID> made = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread =
                    new Thread(
                            () -> {
                                for (int j = 0; j < 5000; j++) {
                                    made.add(ids.get());
                                }
                            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(new HashSet<>(made)).hasSize(20_000);
    }
}
