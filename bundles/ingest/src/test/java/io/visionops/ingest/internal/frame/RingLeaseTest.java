package io.visionops.ingest.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.frame.Frame;
import io.visionops.api.frame.FrameOutcome;
import io.visionops.api.frame.LeaseException;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RingLeaseTest {

    private static final Duration NOT_AT_ALL = Duration.ZERO;

    private final FrameRing ring =
            new FrameRing("front", 5, false, 0, (i420, width, height) -> new byte[0]);

    private void produce() throws InterruptedException {
        ring.offer(ring.reserve(new Size(8, 4)), Instant.EPOCH, 0);
    }

    @Test
    void aSecondConsumerIsRefusedAndToldWhoHasTheFrames() throws Exception {
        RingLease first = RingLease.of(ring, "bundle a 1.0.0");

        assertThatThrownBy(() -> RingLease.of(ring, "bundle b 1.0.0"))
                .isInstanceOf(LeaseException.class)
                .hasMessage("the frames of camera front are taken by bundle a 1.0.0");

        produce();
        assertThat(first.take(NOT_AT_ALL)).isPresent();
    }

    @Test
    void afterTheEndOfALeaseTheNextConsumerGoesOnWithTheNextFrame() throws Exception {
        RingLease first = RingLease.of(ring, "a");
        produce();
        produce();
        first.settle(first.take(NOT_AT_ALL).orElseThrow(), FrameOutcome.ANALYSED);
        first.close();

        RingLease second = RingLease.of(ring, "b");

        assertThat(first.take(NOT_AT_ALL)).isEmpty();
        assertThat(second.take(NOT_AT_ALL).orElseThrow().sequence()).isEqualTo(2);
    }

    @Test
    void aLeaseOfAConsumerThatGoesHoldsUntilAnotherWantsOne() throws Exception {
        RingLease going = RingLease.of(ring, "a");
        produce();
        Frame atHand = going.take(NOT_AT_ALL).orElseThrow();
        going.free();

        going.settle(atHand, FrameOutcome.ANALYSED);
        RingLease next = RingLease.of(ring, "b");
        produce();

        assertThat(ring.counts().analysed()).isEqualTo(1);
        assertThat(going.take(NOT_AT_ALL)).isEmpty();
        assertThat(next.take(NOT_AT_ALL)).isPresent();
    }

    @Test
    void aConsumerThatIsLateSettlesNoFrameOfItsSuccessor() throws Exception {
        RingLease hung = RingLease.of(ring, "a");
        produce();
        Frame lost = hung.take(NOT_AT_ALL).orElseThrow();
        hung.close();
        hung.close();
        assertThat(ring.counts().dropped()).containsEntry("abandoned", 1L);
        RingLease next = RingLease.of(ring, "b");
        produce();
        Frame frame = next.take(NOT_AT_ALL).orElseThrow();

        hung.settle(lost, FrameOutcome.ANALYSED);
        hung.settle(frame, FrameOutcome.FAILED);
        hung.free();
        hung.close();
        next.settle(frame, FrameOutcome.GATED);

        assertThat(ring.counts().analysed()).isZero();
        assertThat(ring.counts().gated()).isEqualTo(1);
        assertThat(ring.counts().received()).isEqualTo(2);
    }

    @Test
    void whoWaitsForAFrameIsLetGoByTheEndOfTheLease() throws Exception {
        RingLease lease = RingLease.of(ring, "a");
        CompletableFuture<Optional<Frame>> waiting =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return lease.take(Duration.ofMinutes(1));
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });

        lease.close();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(RingLease.of(ring, "b")).isNotNull();
    }
}
