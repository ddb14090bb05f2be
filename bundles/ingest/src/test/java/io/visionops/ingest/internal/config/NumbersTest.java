package io.visionops.ingest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void aNumberIsWrittenPlainlyAndLiesWithinItsBounds() {
        for (String wrong : new String[] {"0", "10", "1e0", "+5", "5.0", "99999999999", ""}) {
            assertThatThrownBy(() -> Numbers.whole("a", wrong, 1, 9))
                    .hasMessage("a = " + wrong + ": must be 1..9");
        }
        for (String wrong : new String[] {"0.99", "9.01", "1e0", "NaN", "."}) {
            assertThatThrownBy(() -> Numbers.decimal("a", wrong, 1, 9))
                    .hasMessage("a = " + wrong + ": must be a number 1..9");
        }
    }

    @Test
    void aNumberMayBeAtItsBounds() throws InvalidSetting {
        assertThat(Numbers.whole("a", "-9", -9, 9)).isEqualTo(-9);
        assertThat(Numbers.decimal("a", "1.", 1, 9)).isEqualTo(1);
        assertThat(Numbers.decimal("a", ".5", 0, 1)).isEqualTo(0.5);
    }
}
