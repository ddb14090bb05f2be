package io.visionops.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.visionops.api.time.Ticker;
import io.visionops.store.internal.maintenance.UpkeepSettings;
import io.visionops.store.internal.picture.PictureKeys;
import io.visionops.support.breaker.BreakerPolicy;
import io.visionops.support.breaker.BreakerStatus.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreBreakerTest {

    @TempDir Path folder;

    @Test
    void aDatabaseThatCannotBeOpenedIsTriedThreeTimesThenByTheBreakerAndTakenWhenItCan()
            throws Exception {
        Path data = Files.createFile(folder.resolve("data"));
        AtomicInteger published = new AtomicInteger();
        Duration pause = Duration.ofMillis(20);
        try (Store store =
                new Store(
                        data,
                        () -> RetentionPolicy.DEFAULT,
                        () -> ZoneOffset.UTC,
                        () -> UpkeepSettings.DEFAULT,
                        PictureKeys.ofTheirOwn(),
                        offered -> {
                            published.incrementAndGet();
                            return () -> {};
                        },
                        Clock.systemUTC(),
                        Ticker.system(),
                        BreakerPolicy.DEFAULT.waiting(pause, pause.multipliedBy(4)))) {
            store.start();
            await().until(() -> store.state().breaker().failures() >= 5);
            assertThat(store.state().breaker().isTripped()).isTrue();
            assertThat(store.state().breaker().cause()).isPresent();

            Files.delete(data);

            await().until(() -> published.get() == 1);
            assertThat(store.state().breaker().state()).isEqualTo(State.CLOSED);
            assertThat(store.state().trouble()).isEmpty();
        }
    }
}
