package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Fact;
import io.visionops.inference.internal.count.ZoneCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedTimeTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Frames are meant to come every 200 ms. */
    private final WatchedTime watched = new WatchedTime("front", 5);

    private final List<Fact> facts = new ArrayList<>();

    @Test
    void aSingleFrameClaimsNothing() {
        look(0);

        assertThat(stretches()).isEmpty();
    }

    @Test
    void steadyFramesMakeOneStretch() {
        for (int millis = 0; millis <= 2000; millis += 200) {
            look(millis);
        }

        assertThat(stretches()).containsExactly(stretch(0, 2000));
    }

    @Test
    void aGapCountsTwoFrameIntervalsAndNoMore() {
        look(0, 200, 5000, 5200);

        assertThat(stretches()).containsExactly(stretch(0, 600), stretch(5000, 200));
    }

    @Test
    void aGapOfExactlyTwoIntervalsIsNone() {
        look(0, 400, 801);

        assertThat(stretches()).containsExactly(stretch(0, 800));
    }

    @Test
    void whatIsGivenOutGoesOnWhereItEnded() {
        look(0, 200);
        watched.drain(facts);
        look(400);
        watched.drain(facts);
        watched.drain(facts);
        look(3000, 3200);

        assertThat(stretches())
                .containsExactly(
                        stretch(0, 200), stretch(200, 200), stretch(400, 400), stretch(3000, 200));
    }

    @Test
    void aClockSetBackALittleClaimsNoTimeTwice() {
        look(0, 200, 400, 100, 300, 500, 700);

        assertThat(stretches()).containsExactly(stretch(0, 700));
    }

    @Test
    void aClockSetBackALotStartsAnew() {
        look(0, 200, -3_600_000, -3_599_800);

        assertThat(stretches()).containsExactly(stretch(0, 200), stretch(-3_600_000, 200));
    }

    @Test
    void aClockSetForwardCountsAsAGap() {
        look(0, 200, 7_200_000, 7_200_200);

        assertThat(stretches()).containsExactly(stretch(0, 600), stretch(7_200_000, 200));
    }

    @Test
    void occupancyLastsFromItsFrameToTheNextThatSaysOtherwise() {
        look(List.of(), 0, 200);
        look(List.of(new ZoneCount("yard", "person", 1)), 400, 600);
        look(List.of(new ZoneCount("yard", "person", 2)), 800);
        look(List.of(new ZoneCount("yard", "person", 0)), 1000, 1200);
        watched.drain(facts);

        assertThat(occupancies()).containsExactly(occupancy(400, 400, 1), occupancy(800, 200, 2));
    }

    @Test
    void occupancyIsNotClaimedForTimeThatWasNotWatched() {
        look(List.of(new ZoneCount("yard", "person", 3)), 0, 200, 60_000, 60_200);
        watched.drain(facts);

        assertThat(occupancies()).containsExactly(occupancy(0, 600, 3), occupancy(60_000, 200, 3));
    }

    private void look(int... millis) {
        look(List.of(), millis);
    }

    private void look(List<ZoneCount> occupancy, int... millis) {
        for (int at : millis) {
            watched.looked(START.plusMillis(at), occupancy, facts);
        }
    }

    private List<Fact> stretches() {
        watched.drain(facts);
        return facts.stream().filter(Fact.Watched.class::isInstance).toList();
    }

    private List<Fact> occupancies() {
        return facts.stream().filter(Fact.Occupancy.class::isInstance).toList();
    }

    private static Fact stretch(int fromMillis, int lengthMillis) {
        return new Fact.Watched(
                "front", START.plusMillis(fromMillis), Duration.ofMillis(lengthMillis));
    }

    private static Fact occupancy(int fromMillis, int lengthMillis, int objects) {
        return new Fact.Occupancy(
                "front",
                START.plusMillis(fromMillis),
                Duration.ofMillis(lengthMillis),
                "yard",
                "person",
                objects);
    }
}
