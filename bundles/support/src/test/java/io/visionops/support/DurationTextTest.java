package io.visionops.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "30s, PT30S",
        "' 5m ', PT5M",
        "36h, PT36H",
        "1d, PT24H",
        "' 7 D', PT168H",
        "0s, PT0S",
        "999999999d, PT23999999976H"
    })
    void aDurationHasANumberAndAUnit(String text, Duration duration) {
        assertThat(DurationText.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "d",
                "-1d",
                "1.5d",
                "1 week",
                "1d 2h",
                "9999999999d",
                "forever",
                "1d\nx",
                "\u0661d",
                "\u0000"
            })
    void anythingElseIsNone(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0ms", "1ms", "1500ms", "90s", "5m", "90m", "1h", "36h", "1d", "365d"})
    void whatIsShownIsReadAgain(String text) {
        assertThat(DurationText.show(DurationText.parse(text).orElseThrow())).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT1M, 1m", "PT60M, 1h", "PT24H, 1d", "PT120S, 2m", "PT1.001S, 1001ms"})
    void theLargestWholeUnitIsShown(Duration duration, String text) {
        assertThat(DurationText.show(duration)).isEqualTo(text);
    }
}
