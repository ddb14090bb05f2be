package io.visionops.updater.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.update.UpdateException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SingleUpdateTest {

    private final SingleUpdate update = new SingleUpdate();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void close() {
        update.close();
    }

    private void await(int works) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> done.size() == works);
    }

    @Test
    void asLongAsOneIsUnderWayNoOtherBegins() {
        assertThat(update.tryBegin(this::waitForGo)).isTrue();

        assertThat(update.tryBegin(() -> done.add("second"))).isFalse();

        go.countDown();
        await(1);
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> update.tryBegin(() -> done.add("third")));
        await(2);
        assertThat(done).containsExactly("waited", "third");
    }

    @Test
    void whatIsBegunInAnyCaseComesAfterTheOneThatIsUnderWay() {
        update.tryBegin(this::waitForGo);

        update.begin(() -> done.add("resumed"));

        assertThat(done).isEmpty();
        go.countDown();
        await(2);
        assertThat(done).containsExactly("waited", "resumed");
    }

    @Test
    void oneThatFailsIsNotUnderWayAnyMore() {
        update.tryBegin(
                () -> {
                    throw new UpdateException("the network is away");
                });

        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> update.tryBegin(() -> done.add("next")));
        await(1);
    }

    @Test
    void theEndInterruptsTheOneThatIsUnderWay() {
        update.tryBegin(
                () -> {
                    try {
                        waitForGo();
                    } catch (InterruptedException e) {
                        done.add("interrupted");
                        throw e;
                    }
                });

        update.close();

        assertThat(done).containsExactly("interrupted");
    }

    private void waitForGo() throws InterruptedException {
        go.await();
        done.add("waited");
    }
}
