package io.visionops.ingest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValueReaderTest {

    private enum Colour {
        RED,
        GREEN
    }

    private static ValueReader of(String key, Object value) throws InvalidSetting {
        return new ValueReader(new Keys(Map.of(key, value), Secrets.NONE));
    }

    @Test
    void aKeyThatIsNotThereHasItsDefault() throws InvalidSetting {
        ValueReader values = new ValueReader(new Keys(Map.of(), Secrets.NONE));
        Optional<Duration> minute = Optional.of(Duration.ofMinutes(1));

        assertThat(values.flag("a", true)).isTrue();
        assertThat(values.whole("a", 7, 1, 9)).isEqualTo(7);
        assertThat(values.decimal("a", 0.25)).isEqualTo(0.25);
        assertThat(values.choice("a", Colour.GREEN, Colour.values())).isEqualTo(Colour.GREEN);
        assertThat(values.duration("a", "2s", Duration.ZERO, Duration.ofHours(1)))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(values.limit("a", minute)).isEqualTo(minute);
    }

    @Test
    void wordsAreReadInAnyCase() throws InvalidSetting {
        assertThat(of("a", "FALSE").flag("a", true)).isFalse();
        assertThat(of("a", "Green").choice("a", Colour.RED, Colour.values()))
                .isEqualTo(Colour.GREEN);
        assertThat(of("a", "Off").limit("a", Optional.of(Duration.ofMinutes(1)))).isEmpty();
    }

    @Test
    void aKeyIsTakenOnce() throws InvalidSetting {
        ValueReader values = of("a", "3");

        assertThat(values.whole("a", 7, 1, 9)).isEqualTo(3);
        assertThat(values.whole("a", 7, 1, 9)).isEqualTo(7);
    }

    @Test
    void whatIsAllowedIsSaidOfAWrongValue() {
        assertThatThrownBy(() -> of("a", "yes").flag("a", true))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage("a = yes: must be true or false");
        assertThatThrownBy(() -> of("a", "blue").choice("a", Colour.RED, Colour.values()))
                .hasMessage("a = blue: must be red or green");
        assertThatThrownBy(() -> of("a", "1.5").decimal("a", 0))
                .hasMessage("a = 1.5: must be a number 0..1");
        assertThatThrownBy(() -> of("a", "soon").limit("a", Optional.empty()))
                .hasMessage("a = soon: must be off or a duration such as 10s, 1m");
        assertThatThrownBy(() -> of("a", "4s").limit("a", Optional.empty()))
                .hasMessage("a = 4s: must be 5s..1d");
    }
}
