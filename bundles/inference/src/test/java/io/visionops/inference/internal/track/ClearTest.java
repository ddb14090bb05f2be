package io.visionops.inference.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.visionops.api.geometry.Box;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Examples that were computed by hand. */
class ClearTest {

    private final Clear clear = new Clear(0.5);

    private static Sample at(long id, double x) {
        return new Sample(id, new Box(x, 0, x + 0.1, 0.1));
    }

    @Test
    void everythingRightIsOne() {
        clear.frame(List.of(at(1, 0), at(2, 0.5)), List.of(at(7, 0), at(8, 0.5)));
        clear.frame(List.of(at(1, 0.1), at(2, 0.6)), List.of(at(7, 0.1), at(8, 0.6)));

        assertThat(clear.mota()).isEqualTo(1);
        assertThat(clear.motp()).isEqualTo(1);
        assertThat(clear.precision()).isEqualTo(1);
        assertThat(clear.recall()).isEqualTo(1);
    }

    @Test
    void missesFalseOnesAndSwitchesAreTakenOff() {
        clear.frame(List.of(at(1, 0), at(2, 0.5)), List.of(at(7, 0), at(8, 0.5)));
        // 2 is missed, 9 is nowhere.
        clear.frame(List.of(at(1, 0), at(2, 0.5)), List.of(at(7, 0), at(9, 0.8)));
        // 2 is found again under another name.
        clear.frame(List.of(at(1, 0), at(2, 0.5)), List.of(at(7, 0), at(10, 0.5)));

        assertThat(clear.misses()).isEqualTo(1);
        assertThat(clear.falsePositives()).isEqualTo(1);
        assertThat(clear.switches()).isEqualTo(1);
        assertThat(clear.mota()).isCloseTo(1 - 3.0 / 6, within(1e-9));
        assertThat(clear.precision()).isCloseTo(5.0 / 6, within(1e-9));
        assertThat(clear.recall()).isCloseTo(5.0 / 6, within(1e-9));
    }

    @Test
    void aPairStaysThoughAnotherWouldOverlapMore() {
        clear.frame(List.of(at(1, 0)), List.of(at(7, 0)));
        // 8 is right on it, 7 still overlaps by 0.08 of 0.12.
        clear.frame(List.of(at(1, 0)), List.of(at(7, 0.02), at(8, 0)));

        assertThat(clear.switches()).isZero();
        assertThat(clear.falsePositives()).isEqualTo(1);
        assertThat(clear.motp()).isCloseTo((1 + 0.08 / 0.12) / 2, within(1e-9));
    }

    @Test
    void tooLittleOverlapIsAMissAndAFalseOne() {
        // 0.05 shared of 0.15.
        clear.frame(List.of(at(1, 0)), List.of(at(7, 0.05)));

        assertThat(clear.mota()).isEqualTo(-1);
    }
}
