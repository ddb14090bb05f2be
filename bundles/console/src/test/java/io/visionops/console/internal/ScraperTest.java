package io.visionops.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScraperTest {

    private static final Duration LIMIT = Duration.ofMillis(200);

    @Test
    void oneAfterTheOtherIsAnswered() throws Exception {
        AtomicInteger scrapes = new AtomicInteger();
        try (Scraper scraper =
                new Scraper(() -> "scrape " + scrapes.incrementAndGet(), Duration.ofSeconds(5))) {
            for (int i = 1; i <= 100; i++) {
                assertThat(scraper.scrape()).isEqualTo("scrape " + i);
            }
        }
    }

    @Test
    void oneThatHangsIsRefusedInTimeAndSoAreThoseAfterIt() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Scraper scraper = new Scraper(() -> awaitUninterruptibly(never), LIMIT)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(scraper::scrape)
                        .isInstanceOf(Scraper.UnavailableException.class)
                        .hasMessageContaining("longer than");
            }
            never.countDown();
        }
    }

    @Test
    void itAnswersAgainOnceWhatHungHasEnded() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        try (Scraper scraper = new Scraper(() -> awaitUninterruptibly(hanging), LIMIT)) {
            assertThatThrownBy(scraper::scrape).isInstanceOf(Scraper.UnavailableException.class);

            hanging.countDown();

            assertThat(scraper.scrape()).isEqualTo("done");
        }
    }

    @Test
    void whatFailsIsToldAsItIs() {
        try (Scraper scraper =
                new Scraper(
                        () -> {
                            throw new IllegalStateException("broken on purpose");
                        },
                        LIMIT)) {
            assertThatThrownBy(scraper::scrape)
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("broken on purpose");
        }
    }

    private static String awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return "done";
            } catch (InterruptedException ignored) {
                // A meter that hangs does not mind.
            }
        }
    }
}
