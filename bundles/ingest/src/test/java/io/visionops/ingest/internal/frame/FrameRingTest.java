package io.visionops.ingest.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameCounts;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.frame.LeaseException;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FrameRingTest {

    private static final Size SIZE = new Size(8, 4);
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration NOT_AT_ALL = Duration.ZERO;

    private final Map<FrameRing, FrameLease> leases = new ConcurrentHashMap<>();
    private final List<Integer> encoded = new ArrayList<>();
    private final AtomicLong stoodStill = new AtomicLong();
    private final FrameRing live = ring(false);
    private final FrameRing ordered = ring(true);

    private FrameRing ring(boolean inOrder) {
        return new FrameRing(
                "front",
                5,
                inOrder,
                0,
                (i420, width, height) -> {
                    encoded.add((int) i420.get(0));
                    return new byte[] {i420.get(0)};
                },
                Slot::new,
                stoodStill::get);
    }

    /** The one lease of a ring. */
    private FrameLease of(FrameRing ring) {
        return leases.computeIfAbsent(
                ring,
                one -> {
                    try {
                        return RingLease.of(one, "test");
                    } catch (LeaseException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static void produce(FrameRing ring, int value) throws InterruptedException {
        Slot slot = ring.reserve(SIZE);
        ByteBuffer memory = slot.memory();
        for (int i = 0; i < SIZE.bytes(); i++) {
            memory.put(i, (byte) value);
        }
        ring.offer(slot, T.plusMillis(value), Duration.ofSeconds(value).toNanos());
    }

    private static void assertAddsUp(FrameCounts counts) {
        long dropped = counts.dropped().values().stream().mapToLong(Long::longValue).sum();
        assertThat(counts.received()).isEqualTo(counts.analysed() + counts.gated() + dropped);
    }

    @Test
    void memoryThatIsNotThereIsOneCamerasTroubleAndNothingIsKeptOfIt() throws Exception {
        AtomicInteger left = new AtomicInteger(7);
        FrameRing ring =
                new FrameRing(
                        "front",
                        5,
                        false,
                        0,
                        (i420, width, height) -> new byte[0],
                        size -> {
                            if (left.getAndDecrement() == 0) {
                                throw new OutOfMemoryError("Cannot reserve");
                            }
                            return new Slot(size);
                        },
                        stoodStill::get);

        assertThatThrownBy(() -> ring.reserve(SIZE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "there is no memory for 15 frames of 8x4: lower detect.width or"
                                + " detect.fps");

        left.set(15);
        produce(ring, 1);
        assertThat(left).hasValue(0);
    }

    @Test
    void theNewestIsTakenAndWhatItPassesOverIsSuperseded() throws InterruptedException {
        produce(live, 1);
        Frame slow = of(live).take(NOT_AT_ALL).orElseThrow();
        for (int i = 5; i <= 7; i++) {
            produce(live, i);
        }
        of(live).settle(slow, FrameOutcome.GATED);

        Frame frame = of(live).take(NOT_AT_ALL).orElseThrow();

        assertThat(frame.sequence()).isEqualTo(4);
        assertThat(frame.i420().get(0)).isEqualTo((byte) 7);
        assertThat(frame.i420().isReadOnly()).isTrue();
        assertThat(frame.i420().isDirect()).isTrue();
        assertThat(frame.i420().remaining()).isEqualTo(48);
        assertThat(live.counts().dropped()).containsEntry("superseded", 2L);
        assertThat(live.counts().waiting()).isEqualTo(1);
        of(live).settle(frame, FrameOutcome.ANALYSED);
        assertThat(live.counts().analysed()).isEqualTo(1);
        assertThat(live.counts().waiting()).isZero();
        assertAddsUp(live.counts());
    }

    @Test
    void whatGathersWhileTheWholeProgramStandsStillComesInTurn() throws InterruptedException {
        produce(live, 1);
        FrameLease lease = of(live);
        Frame before = lease.take(NOT_AT_ALL).orElseThrow();
        stoodStill.addAndGet(99);
        produce(live, 5);
        lease.settle(before, FrameOutcome.ANALYSED);
        assertThat(lease.take(NOT_AT_ALL).orElseThrow().sequence()).isEqualTo(2);
        stoodStill.addAndGet(100);
        produce(live, 6);
        produce(live, 7);
        produce(live, 8);

        assertThat(lease.take(NOT_AT_ALL).orElseThrow().sequence()).isEqualTo(3);
        assertThat(lease.take(NOT_AT_ALL).orElseThrow().sequence()).isEqualTo(4);
        assertThat(lease.take(NOT_AT_ALL).orElseThrow().sequence()).isEqualTo(5);
        assertThat(live.counts().dropped().get("superseded")).isZero();
    }

    @Test
    void whatCameWhileNobodyTookFramesComesInTurn() throws InterruptedException {
        for (int i = 1; i <= 3; i++) {
            produce(live, i);
        }

        Frame first = of(live).take(NOT_AT_ALL).orElseThrow();
        assertThat(first.sequence()).isEqualTo(1);
        for (int i : new int[] {4, 5, 6, 7}) {
            produce(live, i);
        }
        of(live).settle(first, FrameOutcome.ANALYSED);
        // The fourth and fifth came while the consumer was still catching up.
        for (long expected : new long[] {2, 3, 4, 5, 7}) {
            Frame next = of(live).take(NOT_AT_ALL).orElseThrow();
            assertThat(next.sequence()).isEqualTo(expected);
            of(live).settle(next, FrameOutcome.ANALYSED);
        }
        assertThat(live.counts().dropped()).containsEntry("superseded", 1L);
        assertAddsUp(live.counts());
    }

    @Test
    void aFrameThatItsConsumerAbandonsIsTheNextOnesFirst() throws InterruptedException {
        produce(live, 1);
        Frame abandoned = of(live).take(NOT_AT_ALL).orElseThrow();
        produce(live, 2);

        of(live).settle(abandoned, FrameOutcome.ABANDONED);

        assertThat(live.counts().waiting()).isEqualTo(2);
        Frame again = of(live).take(NOT_AT_ALL).orElseThrow();
        assertThat(again.sequence()).isEqualTo(1);
        assertThat(again.i420().get(0)).isEqualTo((byte) 1);
        of(live).settle(again, FrameOutcome.ANALYSED);
        assertThat(of(live).take(NOT_AT_ALL).orElseThrow().sequence()).isEqualTo(2);
        assertThat(live.counts().dropped()).containsEntry("abandoned", 0L);
        assertAddsUp(live.counts());
    }

    @Test
    void anAbandonedFrameIsDroppedWhenTheRingIsFullOrClosed() throws InterruptedException {
        produce(live, 1);
        Frame abandoned = of(live).take(NOT_AT_ALL).orElseThrow();
        for (int i = 2; i <= 11; i++) {
            produce(live, i);
        }
        of(live).settle(abandoned, FrameOutcome.ABANDONED);
        assertThat(live.counts().dropped()).containsEntry("abandoned", 1L);

        Frame last = of(live).take(NOT_AT_ALL).orElseThrow();
        live.close();
        of(live).settle(last, FrameOutcome.ABANDONED);

        assertThat(live.counts().waiting()).isZero();
        assertAddsUp(live.counts());
    }

    @Test
    void aFullRingDropsTheOldest() throws InterruptedException {
        for (int i = 1; i <= 15; i++) {
            produce(live, i);
        }

        assertThat(live.counts().waiting()).isEqualTo(10);
        assertThat(live.counts().dropped()).containsEntry("overflow", 5L);
        assertThat(of(live).take(NOT_AT_ALL).orElseThrow().sequence()).isEqualTo(6);
    }

    @Test
    void inOrderFramesComeOneByOne() throws InterruptedException {
        for (int i = 1; i <= 3; i++) {
            produce(ordered, i);
        }

        for (int i = 1; i <= 3; i++) {
            Frame frame = of(ordered).take(NOT_AT_ALL).orElseThrow();
            assertThat(frame.sequence()).isEqualTo(i);
            of(ordered).settle(frame, FrameOutcome.GATED);
        }
        assertThat(ordered.counts().gated()).isEqualTo(3);
    }

    @Test
    void inOrderAFullRingHoldsUpTheProducer() throws Exception {
        CompletableFuture<Void> producer =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                for (int i = 1; i <= 30; i++) {
                                    produce(ordered, i);
                                }
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        for (int i = 1; i <= 30; i++) {
            Frame frame = of(ordered).take(Duration.ofSeconds(5)).orElseThrow();
            assertThat(frame.sequence()).isEqualTo(i);
            assertThat(frame.i420().get(0)).isEqualTo((byte) i);
            of(ordered).settle(frame, FrameOutcome.ANALYSED);
        }
        producer.get(5, TimeUnit.SECONDS);

        assertThat(ordered.counts().received()).isEqualTo(30);
        assertThat(ordered.counts().waiting()).isZero();
    }

    @Test
    void aSecondSettleHasNoEffect() throws InterruptedException {
        produce(live, 1);
        Frame first = of(live).take(NOT_AT_ALL).orElseThrow();
        of(live).settle(first, FrameOutcome.ANALYSED);
        produce(live, 2);
        Frame second = of(live).take(NOT_AT_ALL).orElseThrow();

        of(live).settle(first, FrameOutcome.FAILED);

        assertThat(live.counts().waiting()).isEqualTo(1);
        assertThat(live.counts().dropped()).containsEntry("failed", 0L);
        of(live).settle(second, FrameOutcome.FAILED);
        assertThat(live.counts().dropped()).containsEntry("failed", 1L);
    }

    @Test
    void aLeaseThatWasNeverSettledIsAbandonedByTheNextTake() throws InterruptedException {
        produce(live, 1);
        Frame lost = of(live).take(NOT_AT_ALL).orElseThrow();
        produce(live, 2);

        Frame next = of(live).take(NOT_AT_ALL).orElseThrow();

        assertThat(live.counts().dropped()).containsEntry("abandoned", 1L);
        of(live).settle(lost, FrameOutcome.ANALYSED);
        of(live).settle(next, FrameOutcome.ANALYSED);
        assertThat(live.counts().analysed()).isEqualTo(1);
        assertAddsUp(live.counts());
    }

    @Test
    void takingWaitsForAFrameAndNoLonger() throws Exception {
        CompletableFuture<Optional<Frame>> taken =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return of(live).take(Duration.ofSeconds(10));
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });

        produce(live, 1);

        assertThat(taken.get(5, TimeUnit.SECONDS)).isPresent();
        assertThat(of(live).take(Duration.ofMillis(10))).isEmpty();
    }

    @Test
    void closingLetsBothSidesGo() throws Exception {
        AtomicBoolean went = new AtomicBoolean(true);
        Thread producer =
                new Thread(
                        () -> {
                            try {
                                for (int i = 1; i <= 11; i++) {
                                    went.set(ordered.offer(ordered.reserve(SIZE), T, 0));
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        producer.start();
        while (!ordered.isHoldingUp()) {
            Thread.onSpinWait();
        }

        ordered.close();
        producer.join(5_000);

        assertThat(producer.isAlive()).isFalse();
        assertThat(went).isFalse();
        assertThat(of(ordered).take(Duration.ofSeconds(10))).isEmpty();
        assertAddsUp(ordered.counts());
    }

    @Test
    void theLatestPictureIsThereAfterItsFrameIsGoneAndIsEncodedOnce() throws InterruptedException {
        assertThat(live.latest()).isEmpty();
        produce(live, 1);
        produce(live, 2);
        of(live).settle(of(live).take(NOT_AT_ALL).orElseThrow(), FrameOutcome.ANALYSED);

        assertThat(live.latest().orElseThrow().jpeg()).containsExactly(2);
        assertThat(live.latest().orElseThrow().capturedAt()).isEqualTo(T.plusMillis(2));
        assertThat(encoded).containsExactly(2);
    }

    @Test
    void thePictureSizeMayChange() throws InterruptedException {
        produce(live, 1);
        Frame old = of(live).take(NOT_AT_ALL).orElseThrow();
        produce(live, 2);
        Size larger = new Size(16, 8);

        live.offer(live.reserve(larger), T, 0);
        of(live).settle(old, FrameOutcome.ANALYSED);

        Frame frame = of(live).take(NOT_AT_ALL).orElseThrow();
        assertThat(frame.width()).isEqualTo(16);
        assertThat(frame.i420().remaining()).isEqualTo(192);
        assertAddsUp(live.counts());
    }

    @Test
    void countsAddUpAtEveryMomentWhileThreadsAreAtWork() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        threads.add(endless(stop, () -> produce(live, 7)));
        threads.add(
                endless(
                        stop,
                        () -> {
                            Optional<Frame> frame = of(live).take(Duration.ofMillis(5));
                            if (frame.isPresent()) {
                                ByteBuffer pixels = frame.get().i420();
                                assertThat(pixels.get(0)).isEqualTo((byte) 7);
                                assertThat(pixels.get(47)).isEqualTo((byte) 7);
                                if (frame.get().sequence() % 7 != 0) {
                                    of(live).settle(frame.get(), FrameOutcome.ANALYSED);
                                }
                            }
                        }));
        threads.add(endless(stop, live::latest));
        threads.add(endless(stop, live::latest));
        long until = System.nanoTime() + Duration.ofMillis(500).toNanos();
        long last = 0;
        while (System.nanoTime() < until) {
            FrameCounts counts = live.counts();
            assertAddsUp(counts);
            assertThat(counts.received()).isGreaterThanOrEqualTo(last);
            last = counts.received();
        }
        stop.set(true);
        for (CompletableFuture<Void> thread : threads) {
            thread.get(5, TimeUnit.SECONDS);
        }

        FrameCounts counts = live.counts();
        assertThat(counts.received() + counts.waiting()).isEqualTo(live.sequence());
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private static CompletableFuture<Void> endless(AtomicBoolean stop, Step step) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        while (!stop.get()) {
                            step.run();
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> new Thread(task).start());
    }

    @Test
    void twoProducersFillDifferentMemoryWhileOneIsReplacedByTheOther() throws Exception {
        Slot old = live.reserve(SIZE);
        Slot next = live.reserve(SIZE);
        assertThat(next.memory()).isNotSameAs(old.memory());

        live.offer(next, T, 0);
        live.giveBack(old);

        for (int i = 0; i < 100; i++) {
            produce(live, i);
        }
        assertThat(live.counts().waiting()).isEqualTo(10);
        assertAddsUp(live.counts());
    }

    @Test
    void whatWaitsIsDrainedByItsConsumer() throws Exception {
        produce(ordered, 1);
        produce(ordered, 2);
        CompletableFuture<Void> consumer =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                for (int i = 0; i < 2; i++) {
                                    Frame frame =
                                            of(ordered).take(Duration.ofSeconds(5)).orElseThrow();
                                    of(ordered).settle(frame, FrameOutcome.ANALYSED);
                                }
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });

        assertThat(ordered.awaitDrained(Duration.ofSeconds(5))).isTrue();

        consumer.get(5, TimeUnit.SECONDS);
        assertThat(ordered.counts().analysed()).isEqualTo(2);
        assertThat(ordered.close()).isZero();
    }

    @Test
    void nobodyWaitsForAConsumerThatIsNotThere() throws Exception {
        produce(live, 1);
        long began = System.nanoTime();

        assertThat(live.awaitDrained(Duration.ofSeconds(20))).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(live.close()).isEqualTo(1);
    }

    @Test
    void anotherRingGoesOnCounting() throws Exception {
        produce(live, 1);
        produce(live, 2);
        of(live).settle(of(live).take(NOT_AT_ALL).orElseThrow(), FrameOutcome.GATED);
        FrameRing next = ring(false);

        next.continueFrom(live.counts());
        next.continueAfter(live.sequence());
        produce(next, 3);
        Frame frame = of(next).take(NOT_AT_ALL).orElseThrow();
        of(next).settle(frame, FrameOutcome.ANALYSED);

        assertThat(frame.sequence()).isEqualTo(3);
        assertThat(next.counts().received()).isEqualTo(2);
        assertThat(next.counts().gated()).isEqualTo(1);
        assertAddsUp(next.counts());
    }

    @Test
    void anObserverSeesCopiesAndTakesNothingFromTheConsumer() throws Exception {
        produce(live, 1);
        FrameLease observer = FrameObserver.of(live, "canary");
        produce(live, 2);

        Frame seen = observer.take(NOT_AT_ALL).orElseThrow();
        assertThat(seen.i420().get(3)).isEqualTo((byte) 2);
        assertThat(seen.capturedAt()).isEqualTo(T.plusMillis(2));
        assertThat(of(live).take(NOT_AT_ALL).orElseThrow().i420().get(3)).isEqualTo((byte) 1);
        // Never settled: the consumer is not held up.
        for (int i = 3; i < 40; i++) {
            produce(live, i);
        }
        assertThat(live.counts().waiting()).isEqualTo(11);
        assertAddsUp(live.counts());
    }

    @Test
    void thereIsOneObserverAtATime() throws Exception {
        FrameLease first = FrameObserver.of(live, "one");
        assertThatThrownBy(() -> FrameObserver.of(live, "two"))
                .isInstanceOf(LeaseException.class)
                .hasMessageContaining("front");

        first.close();

        assertThatNoException().isThrownBy(() -> FrameObserver.of(live, "two"));
        produce(live, 1);
        assertThat(first.take(NOT_AT_ALL)).isEmpty();
    }

    @Test
    void anObserverOfACameraThatIsGoneWaitsForNothing() throws Exception {
        FrameLease observer = FrameObserver.of(live, "canary");

        live.close();

        assertThat(observer.take(Duration.ofSeconds(20))).isEmpty();
    }
}
