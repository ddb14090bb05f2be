package io.visionops.store.internal.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Fact.Sight;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageMergeTest {

    private static final List<Span> NONE = List.of();

    @Test
    void timeIsWatchedWhenPicturesCameAndWereLookedAt() {
        List<Span> feed = List.of(feed(0, 60, Sight.WATCHED, "", 60));
        List<Span> analysis = List.of(looked(0, 20), looked(30, 60));

        assertThat(items(feed, analysis, 0, 60))
                .containsExactly(watched(50), blind("not-analysed", 10));
    }

    @Test
    void aDeadPictureIsBlindAlsoWhenSomebodyLookedAtIt() {
        List<Span> feed =
                List.of(
                        feed(0, 20, Sight.WATCHED, "", 20),
                        feed(20, 40, Sight.BLIND, "frozen", 0),
                        feed(40, 60, Sight.WATCHED, "", 20));

        assertThat(items(feed, List.of(looked(0, 60)), 0, 60))
                .containsExactly(watched(40), blind("frozen", 20));
    }

    @Test
    void causesThatOverlapAreBookedOnce() {
        List<Span> feed =
                List.of(
                        feed(0, 20, Sight.WATCHED, "", 20),
                        feed(20, 40, Sight.BLIND, "frozen", 0),
                        feed(40, 60, Sight.WATCHED, "", 20));

        assertThat(items(feed, List.of(looked(0, 10), looked(50, 60)), 0, 60))
                .containsExactly(watched(20), blind("frozen", 20), blind("not-analysed", 20));
    }

    @Test
    void ofASlowPictureNoMoreCanBeLookedAtThanThereIs() {
        List<Span> feed = List.of(feed(0, 10, Sight.DEGRADED, "slow", 4));

        assertThat(items(feed, List.of(partly(0, 10, 4)), 0, 10))
                .containsExactly(new Balance.Item(Sight.DEGRADED, "slow", 10, 4));
        assertThat(items(feed, NONE, 0, 10)).containsExactly(blind("not-analysed", 10));
        assertThat(items(feed, List.of(partly(0, 10, 2)), 0, 10))
                .containsExactly(
                        new Balance.Item(Sight.DEGRADED, "slow", 5, 2), blind("not-analysed", 5));
    }

    @Test
    void whatWasLookedAtWithoutAnAccountOfTheFeedWasThere() {
        assertThat(items(NONE, List.of(looked(10, 20)), 0, 60)).containsExactly(watched(10));
        assertThat(items(NONE, NONE, 0, 60)).isEmpty();
    }

    @Test
    void stretchesAreCutAtTheEnds() {
        List<Span> feed = List.of(feed(0, 100, Sight.WATCHED, "", 100));

        assertThat(items(feed, List.of(looked(0, 100)), 30, 40)).containsExactly(watched(10));
        assertThat(items(feed, List.of(looked(0, 100)), 40, 40)).isEmpty();
    }

    private static List<Balance.Item> items(
            List<Span> feed, List<Span> analysis, long from, long to) {
        return CoverageMerge.of(feed, analysis, from, to).items();
    }

    private static Span feed(long since, long until, Sight sight, String cause, long seen) {
        return new Span(since, until, sight, cause, seen);
    }

    private static Span looked(long since, long until) {
        return new Span(since, until, Sight.WATCHED, "", until - since);
    }

    private static Span partly(long since, long until, long seen) {
        return new Span(since, until, Sight.WATCHED, "", seen);
    }

    private static Balance.Item watched(long millis) {
        return new Balance.Item(Sight.WATCHED, "", millis, millis);
    }

    private static Balance.Item blind(String cause, long millis) {
        return new Balance.Item(Sight.BLIND, cause, millis, 0);
    }
}
