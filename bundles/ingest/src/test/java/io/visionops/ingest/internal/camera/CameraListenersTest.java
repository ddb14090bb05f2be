package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraChange;
import io.visionops.api.camera.CameraListener;
import io.visionops.api.camera.CameraState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CameraListenersTest {

    private final CameraListeners listeners = new CameraListeners();

    @AfterEach
    void close() {
        listeners.close();
    }

    /** Remembers what it is told. */
    private static final class Diary implements CameraListener {
        final LinkedBlockingQueue<CameraChange> told = new LinkedBlockingQueue<>();

        @Override
        public void changed(CameraChange change) {
            told.add(change);
        }

        List<Instant> next(int count) throws InterruptedException {
            List<Instant> times = new ArrayList<>();
            while (times.size() < count) {
                CameraChange change = told.poll(5, TimeUnit.SECONDS);
                assertThat(change).as("change %d", times.size()).isNotNull();
                times.add(change.since());
            }
            return times;
        }
    }

    private static CameraChange change(int number) {
        return new CameraChange(
                "front",
                number % 2 == 0 ? CameraState.STREAMING : CameraState.BACKOFF,
                Instant.ofEpochSecond(number),
                Optional.empty());
    }

    private List<Instant> tell(int count) {
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            listeners.tell(change(i));
            times.add(change(i).since());
        }
        return times;
    }

    @Test
    void everyoneIsToldInOrder() throws Exception {
        Diary one = new Diary();
        Diary other = new Diary();
        listeners.add(one);
        listeners.add(other);

        List<Instant> times = tell(100);

        assertThat(one.next(100)).isEqualTo(times);
        assertThat(other.next(100)).isEqualTo(times);
    }

    @Test
    void whoHangsMissesTheOldestAndHarmsNobody() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        Diary late = new Diary();
        CameraListener hanging =
                change -> {
                    called.countDown();
                    try {
                        free.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    late.changed(change);
                };
        listeners.add(hanging);
        listeners.tell(change(0));
        assertThat(called.await(5, TimeUnit.SECONDS)).isTrue();
        Diary diary = new Diary();
        listeners.add(diary);

        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < 2 * CameraListeners.CAPACITY; i++) {
            listeners.tell(change(i));
            times.addAll(diary.next(1));
        }
        free.countDown();

        assertThat(times).hasSize(2 * CameraListeners.CAPACITY);
        assertThat(late.next(1 + CameraListeners.CAPACITY))
                .startsWith(change(0).since())
                .endsWith(change(2 * CameraListeners.CAPACITY - 1).since());
        assertThat(late.told).isEmpty();
    }

    @Test
    void whoThrowsIsToldAgain() throws Exception {
        Diary diary = new Diary();
        listeners.add(
                change -> {
                    diary.changed(change);
                    throw new IllegalStateException("by the test");
                });

        List<Instant> times = tell(3);

        assertThat(diary.next(3)).isEqualTo(times);
    }

    @Test
    void whoIsGoneIsToldNothing() throws Exception {
        Diary gone = new Diary();
        Diary stays = new Diary();
        listeners.add(gone);
        listeners.add(stays);
        listeners.remove(gone);

        tell(5);

        assertThat(stays.next(5)).hasSize(5);
        assertThat(gone.told).isEmpty();
    }
}
