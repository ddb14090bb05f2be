package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.itests.ProcessionRecord.Crossing;
import io.visionops.itests.ProcessionRecord.Look;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge of the swaps is judged: what he must see and what he must not. */
class ProcessionRecordTest {

    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final int FRAMES = 2400;

    private final List<Look> looks = new ArrayList<>();
    private final List<Crossing> crossings = new ArrayList<>();

    /** When a frame is taken. */
    private interface Clock {
        long of(int frame);
    }

    private static long punctual(int frame) {
        return START + 100L * frame;
    }

    /** Four minutes: 60 crossings in each direction, a frame or two early or late. */
    private void play(Clock clock) {
        for (int frame = 0; frame < FRAMES; frame++) {
            looks.add(new Look(clock.of(frame), 1000L + frame));
            int jitter = frame / 40 % 3;
            if (frame % 40 == 10 + jitter) {
                crossings.add(new Crossing(clock.of(frame), "in", frame / 20));
            }
            if (frame % 40 == 30 - jitter) {
                crossings.add(new Crossing(clock.of(frame), "out", frame / 20));
            }
        }
    }

    private ProcessionRecord record() {
        return new ProcessionRecord(looks, crossings, crossings.size());
    }

    private void assertTally(int seen, int lost, int doubled) {
        ProcessionRecord.Tally tally = record().tally();
        assertThat(tally.seen()).as("%s", tally).isEqualTo(seen);
        assertThat(tally.lost()).as("%s", tally).isEqualTo(lost);
        assertThat(tally.doubled()).as("%s", tally).isEqualTo(doubled);
    }

    @Test
    void whatIsCompleteIsFoundComplete() {
        play(ProcessionRecordTest::punctual);

        assertTally(120, 0, 0);
        assertThat(record().tally().identities()).isEqualTo(120);
        assertThat(record().behind()).isZero();
        assertThat(record().restarts()).isZero();
    }

    @Test
    void everyCrossingThatIsTakenOutIsLost() {
        play(ProcessionRecordTest::punctual);
        List<Crossing> all = List.copyOf(crossings);

        // The first and the last of a direction have no neighbour to be missed by.
        for (int gone = 2; gone < all.size() - 2; gone++) {
            crossings.clear();
            crossings.addAll(all);
            crossings.remove(gone);
            assertTally(119, 1, 0);
        }
    }

    @Test
    void severalInARowAreAllLost() {
        play(ProcessionRecordTest::punctual);
        crossings.subList(40, 50).clear();

        assertTally(110, 10, 0);
    }

    @Test
    void everyCrossingThatIsThereTwiceIsDoubled() {
        play(ProcessionRecordTest::punctual);
        List<Crossing> all = List.copyOf(crossings);

        for (int twice = 0; twice < all.size(); twice++) {
            for (int later : new int[] {0, 100, 1500}) {
                crossings.clear();
                crossings.addAll(all);
                Crossing one = all.get(twice);
                crossings.add(
                        twice + 1,
                        new Crossing(one.time() + later, one.direction(), one.track() + 1));
                assertTally(121, 0, 1);
            }
        }
    }

    @Test
    void aLossIsNotMadeGoodByADouble() {
        play(ProcessionRecordTest::punctual);
        Crossing twice = crossings.get(20);
        crossings.remove(60);
        crossings.add(21, twice);

        assertTally(120, 1, 1);
    }

    @Test
    void aStreamThatStoodStillForFiveSecondsHasLostNobody() {
        play(frame -> punctual(frame) + (frame < 1205 ? 0 : 5000));

        assertTally(120, 0, 0);
        assertThat(record().behind()).isEqualTo(5000);
    }

    @Test
    void aStreamThatIsSlowHasLostNobody() {
        play(frame -> START + 150L * frame);

        assertTally(120, 0, 0);
        assertThat(record().behind()).isEqualTo(50L * (FRAMES - 1));
    }

    @Test
    void aStreamThatCatchesUpHasNobodyTwice() {
        play(
                frame ->
                        frame < 1200 || frame > 1250
                                ? punctual(frame)
                                : punctual(1250) - 1250 + frame);

        assertTally(120, 0, 0);
        assertThat(record().behind()).isEqualTo(4950);
    }

    @Test
    void aCrossingInASlowStreamIsLostAllTheSame() {
        play(frame -> punctual(frame) + (frame < 1205 ? 0 : 5000));
        crossings.remove(60);
        crossings.remove(90);

        assertTally(118, 2, 0);
    }

    @Test
    void aCrossingInFramesThatWereNumberedAndNotLookedAtIsLost() {
        play(ProcessionRecordTest::punctual);
        looks.removeIf(look -> look.frame() >= 2200 && look.frame() < 2215);
        crossings.removeIf(one -> one.time() >= punctual(1200) && one.time() < punctual(1215));

        assertTally(119, 1, 0);
        assertThat(
                        record().missed(
                                        Instant.ofEpochMilli(START),
                                        Instant.ofEpochMilli(punctual(FRAMES))))
                .isEqualTo(15);
        assertThat(
                        record().longestGap(
                                        Instant.ofEpochMilli(START),
                                        Instant.ofEpochMilli(punctual(FRAMES))))
                .isEqualTo(1600);
    }

    /** The source left them out while it was late: nobody was seen to cross in them. */
    @Test
    void framesThatNeverCameShowAsAStreamThatIsBehind() {
        play(ProcessionRecordTest::punctual);
        looks.clear();
        for (int frame = 0; frame < FRAMES; frame++) {
            if (frame < 1200 || frame >= 1240) {
                looks.add(new Look(punctual(frame), frame < 1200 ? frame : frame - 40));
            }
        }
        crossings.removeIf(one -> one.time() >= punctual(1200) && one.time() < punctual(1240));

        assertTally(118, 0, 0);
        assertThat(record().behind()).isEqualTo(4000);
    }

    @Test
    void framesThatAreNumberedAnewAreSaid() {
        play(ProcessionRecordTest::punctual);
        looks.replaceAll(look -> new Look(look.time(), look.frame() % 1700));

        assertThat(record().restarts()).isEqualTo(1);
    }
}
