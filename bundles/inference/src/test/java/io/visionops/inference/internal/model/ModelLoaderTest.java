package io.visionops.inference.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelLoaderTest {

    private static final List<String> BEST_FIRST = List.of("best", "good", "plain");

    private final List<String> begun = new CopyOnWriteArrayList<>();

    /** Loading one of these does not end before its latch is open. */
    private final Map<String, CountDownLatch> slow = new ConcurrentHashMap<>();

    @AfterEach
    void open() {
        slow.values().forEach(CountDownLatch::countDown);
    }

    @Test
    void theBestComeFirstWhenNobodyWaits() {
        ModelLoader loader = loader(Duration.ZERO);
        loader.start();

        await().until(() -> !loader.loading());

        assertThat(begun).containsExactlyElementsOf(BEST_FIRST);
    }

    @Test
    void whatCamerasWaitForIsLoadedFirstAndAtTheSameTime() {
        slow.put("plain", new CountDownLatch(1));
        slow.put("good", new CountDownLatch(1));
        ModelLoader loader = loader(Duration.ofMinutes(1));
        loader.want("plain");
        loader.want("good");
        loader.start();

        await().until(() -> begun.size() == 2);

        assertThat(begun).containsExactlyInAnyOrder("plain", "good");
        open();
        await().until(() -> !loader.loading());
        assertThat(begun).hasSize(3).last().isEqualTo("best");
    }

    @Test
    void whoAsksWhileAnotherModelIsLoadedDoesNotWaitForTheEndOfThat() {
        slow.put("best", new CountDownLatch(1));
        ModelLoader loader = loader(Duration.ZERO);
        loader.start();
        await().until(() -> begun.contains("best"));

        loader.want("plain");
        await().until(() -> begun.contains("plain"));

        assertThat(begun).containsExactly("best", "plain");
        slow.get("best").countDown();
        await().until(() -> !loader.loading());
        assertThat(begun).containsExactly("best", "plain", "good");
    }

    @Test
    void whatNobodyAskedForWaitsUntilTheCamerasHaveCaughtUp() {
        ModelLoader loader =
                new ModelLoader(
                        () -> BEST_FIRST, this::load, Duration.ofMinutes(1), Duration.ofMinutes(1));
        loader.want("plain");
        loader.start();
        await().until(() -> begun.contains("plain"));

        loader.want("good");
        await().until(() -> begun.contains("good"));

        assertThat(loader.loading()).isTrue();
        assertThat(begun).containsExactly("plain", "good");
        loader.close();
        assertThat(begun).hasSize(2);
    }

    private ModelLoader loader(Duration patience) {
        return new ModelLoader(() -> BEST_FIRST, this::load, patience, Duration.ZERO);
    }

    private void load(String name) {
        begun.add(name);
        CountDownLatch latch = slow.get(name);
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
