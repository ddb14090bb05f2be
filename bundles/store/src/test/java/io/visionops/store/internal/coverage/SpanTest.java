package io.visionops.store.internal.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Fact.Sight;
import org.junit.jupiter.api.Test;

class SpanTest {

    @Test
    void whatWasSeenInPartIsDividedByTimeAndLosesNothing() {
        Span span = degraded(0, 7_000, 1_000);

        assertThat(span.before(2_000)).contains(degraded(0, 2_000, 285));
        assertThat(span.after(2_000)).contains(degraded(2_000, 7_000, 715));
        assertThat(span.before(0)).isEmpty();
        assertThat(span.after(7_000)).isEmpty();
        assertThat(span.before(9_000)).contains(span);
    }

    @Test
    void equalNeighboursGrowTogetherOverAnyTime() {
        assertThat(watched(0, 10_000).joined(watched(10_000, 900_000)))
                .contains(watched(0, 900_000));
        assertThat(blind(0, 10_000, "timeout").joined(blind(10_000, 90_000, "timeout")))
                .contains(blind(0, 90_000, "timeout"));
        assertThat(blind(0, 10_000, "timeout").joined(blind(10_000, 90_000, "refused"))).isEmpty();
        assertThat(watched(0, 10_000).joined(blind(10_000, 90_000, ""))).isEmpty();
        assertThat(watched(0, 10_000).joined(watched(10_001, 20_000))).isEmpty();
    }

    @Test
    void whatWasSeenInPartGrowsWithinItsMinuteOnly() {
        assertThat(degraded(30_000, 40_000, 1_000).joined(degraded(40_000, 60_000, 5_000)))
                .contains(degraded(30_000, 60_000, 6_000));
        assertThat(degraded(30_000, 40_000, 1_000).joined(degraded(40_000, 60_001, 5_000)))
                .isEmpty();
    }

    @Test
    void aBridgedGapWasNotSeen() {
        assertThat(watched(0, 1_000).bridged(watched(2_000, 3_000)))
                .contains(new Span(0, 3_000, Sight.WATCHED, "", 2_000));
        assertThat(watched(0, 1_000).bridged(watched(60_000, 61_000))).isEmpty();
    }

    private static Span watched(long since, long until) {
        return new Span(since, until, Sight.WATCHED, "", until - since);
    }

    private static Span blind(long since, long until, String cause) {
        return new Span(since, until, Sight.BLIND, cause, 0);
    }

    private static Span degraded(long since, long until, long seen) {
        return new Span(since, until, Sight.DEGRADED, "late", seen);
    }
}
