package io.visionops.inference.internal.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    private final Candidates candidates = new Candidates();

    @Test
    void theBestOfManyBoxesOnOneObjectStays() {
        candidates.add(0, 0, 10, 10, 0.6, 0);
        candidates.add(1, 0, 11, 10, 0.9, 0);
        candidates.add(0, 1, 10, 11, 0.7, 0);

        candidates.suppress(0.5, 1);

        assertThat(staying()).containsExactly(1);
    }

    @Test
    void anotherClassInTheSamePlaceStays() {
        candidates.add(0, 0, 10, 10, 0.6, 0);
        candidates.add(0, 0, 10, 10, 0.9, 1);

        candidates.suppress(0.5, 1);

        assertThat(staying()).containsExactly(0, 1);
    }

    @Test
    void whoOverlapsJustTheLimitStays() {
        candidates.add(0, 0, 10, 10, 0.6, 0);
        candidates.add(0, 5, 10, 15, 0.9, 0);

        candidates.suppress(1 / 3.0 + 1e-6, 1);

        assertThat(staying()).containsExactly(0, 1);
    }

    @Test
    void aBoxThatWasDroppedDropsNoOther() {
        candidates.add(0, 0, 10, 10, 0.9, 0);
        candidates.add(4, 0, 14, 10, 0.8, 0);
        candidates.add(8, 0, 18, 10, 0.7, 0);

        candidates.suppress(0.4, 1);

        assertThat(staying()).containsExactly(0, 2);
    }

    @Test
    void whatATileCutOffGoesWithTheWhole() {
        candidates.add(0, 0, 10, 30, 0.9, 0);
        candidates.add(0, 0, 4, 30, 0.8, 0);

        candidates.suppress(0.6, 1);
        List<Integer> without = staying();
        candidates.suppress(0.6, 0.7);

        assertThat(without).containsExactly(0, 1);
        assertThat(staying()).containsExactly(0);
    }

    @Test
    void whatIsNoBoxIsLeftOut() {
        candidates.add(5, 0, 5, 10, 0.9, 0);
        candidates.add(5, 0, 4, 10, 0.9, 0);
        candidates.add(Double.NaN, 0, 4, 10, 0.9, 0);
        candidates.add(0, 0, 4, 10, Double.NaN, 0);
        candidates.add(0, 0, Double.POSITIVE_INFINITY, 10, 0.9, 0);

        assertThat(candidates.count()).isZero();
    }

    @Test
    void aFloodOfBoxesIsBounded() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            double x = random.nextDouble() * 100;
            candidates.add(x, 0, x + 1, 1, random.nextDouble(), 0);
        }

        candidates.suppress(0.5, 1);

        assertThat(candidates.count()).isEqualTo(4096);
        assertThat(staying()).hasSizeLessThan(400);
    }

    private List<Integer> staying() {
        List<Integer> staying = new ArrayList<>();
        for (int i = 0; i < candidates.count(); i++) {
            if (candidates.stays(i)) {
                staying.add(i);
            }
        }
        return staying;
    }
}
