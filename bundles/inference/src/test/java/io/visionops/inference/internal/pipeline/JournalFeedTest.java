package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Fact;
import io.visionops.api.time.Ticker;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.journal.JournalBuffer;
import io.visionops.testkit.RecordingJournal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JournalFeedTest {

    private final RecordingJournal journal = new RecordingJournal();
    private final TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC(), new Random(1));
    private final JournalBuffer buffer = new JournalBuffer(Ticker.system(), ids, 100, 1 << 20);

    @Test
    void whatIsOfferedIsWrittenWithoutAnybodyWaiting() throws InterruptedException {
        JournalFeed feed = new JournalFeed(buffer);
        buffer.connect(journal);
        feed.start();

        offer();

        await().until(() -> journal.entries().size() == 1);
        feed.close(System.nanoTime());
    }

    @Test
    void whatWaitsAtTheEndIsStillWritten() throws InterruptedException {
        JournalFeed feed = new JournalFeed(buffer);
        for (int i = 0; i < 50; i++) {
            offer();
        }
        buffer.connect(journal);
        feed.start();

        feed.close(System.nanoTime() + TimeUnit.SECONDS.toNanos(20));

        assertThat(journal.entries()).hasSize(50);
    }

    @Test
    void aJournalThatIsAwayIsNotWaitedFor() throws InterruptedException {
        JournalFeed feed = new JournalFeed(buffer);
        feed.start();
        offer();
        long begin = System.nanoTime();

        feed.close(begin + TimeUnit.SECONDS.toNanos(60));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        assertThat(buffer.size()).isEqualTo(1);
    }

    @Test
    void afterAFaultItGoesOn() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch again = new CountDownLatch(2);
        JournalFeed feed =
                new JournalFeed(
                        buffer,
                        () -> {
                            again.countDown();
                            if (calls.incrementAndGet() == 1) {
                                throw new IllegalStateException("by the test");
                            }
                            new CountDownLatch(1).await();
                        });
        feed.start();

        assertThat(again.await(20, TimeUnit.SECONDS)).isTrue();
        feed.close(System.nanoTime());
        assertThat(calls).hasValue(2);
    }

    private void offer() {
        Fact fact = new Fact.Watched("front", Instant.EPOCH, Duration.ofSeconds(1));
        buffer.offer("front", Entry.of(ids.get(), fact));
    }
}
