package io.visionops.inference.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.visionops.api.geometry.Box;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Examples that were computed by hand. */
class IdentityTest {

    private final Identity identity = new Identity(0.5);

    private static Sample at(long id, double x) {
        return new Sample(id, new Box(x, 0, x + 0.1, 0.1));
    }

    @Test
    void everythingRightIsOne() {
        identity.frame(List.of(at(1, 0), at(2, 0.5)), List.of(at(8, 0), at(7, 0.5)));

        assertThat(identity.idf1()).isEqualTo(1);
    }

    @Test
    void anIdentityThatBreaksCountsWithItsLongerPart() {
        for (int frame = 0; frame < 10; frame++) {
            long found = frame < 7 ? 5 : 6;
            identity.frame(List.of(at(1, 0)), List.of(at(found, 0)));
        }

        // 7 of 10 true and of 10 found.
        assertThat(identity.idf1()).isCloseTo(0.7, within(1e-9));
    }

    @Test
    void twoThatSwapCountWithTheBetterHalf() {
        for (int frame = 0; frame < 10; frame++) {
            boolean swapped = frame >= 6;
            identity.frame(
                    List.of(at(1, 0), at(2, 0.5)),
                    List.of(at(swapped ? 8 : 7, 0), at(swapped ? 7 : 8, 0.5)));
        }

        assertThat(identity.idf1()).isCloseTo(0.6, within(1e-9));
    }

    @Test
    void theWholeIsBestNotTheFirst() {
        // 1 goes with 5 for three frames and with 6 for two; 2 with 5 for two: 2 + 2 beats 3.
        for (int frame = 0; frame < 3; frame++) {
            identity.frame(List.of(at(1, 0)), List.of(at(5, 0)));
        }
        for (int frame = 0; frame < 2; frame++) {
            identity.frame(List.of(at(1, 0), at(2, 0.5)), List.of(at(6, 0), at(5, 0.5)));
        }

        // Four matched of seven true and seven found.
        assertThat(identity.idf1()).isCloseTo(4.0 / 7, within(1e-9));
    }

    @Test
    void missesAndFalseOnesCount() {
        identity.frame(List.of(at(1, 0), at(2, 0.5)), List.of(at(7, 0)));
        identity.frame(List.of(at(1, 0)), List.of(at(7, 0), at(9, 0.8)));

        // Two matched; three true, three found.
        assertThat(identity.idf1()).isCloseTo(2.0 * 2 / 6, within(1e-9));
    }
}
