package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.testkit.ManualClock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOptionTest {

    private final TimeOption times =
            new TimeOption(new ManualClock(Instant.parse("2026-03-10T12:00:00Z")));

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T08:00:00Z, 2026-01-01T08:00:00Z",
        "2026-01-01t08:00:00z, 2026-01-01T08:00:00Z",
        "2026-01-01T08:00:00.123Z, 2026-01-01T08:00:00.123Z",
        "2026-01-01T08:00:00+02:00, 2026-01-01T06:00:00Z",
        "2026-01-01T08:00-05:30, 2026-01-01T13:30:00Z",
        "2026-01-01T08:00, 2026-01-01T08:00:00Z",
        "2026-01-01T08:00:30, 2026-01-01T08:00:30Z",
        "2026-01-01, 2026-01-01T00:00:00Z",
        "45s, 2026-03-10T11:59:15Z",
        "30m, 2026-03-10T11:30:00Z",
        "2h, 2026-03-10T10:00:00Z",
        "1d, 2026-03-09T12:00:00Z",
        "0s, 2026-03-10T12:00:00Z"
    })
    void readsTimes(String value, Instant expected) {
        assertThat(times.range(value, null).from()).contains(expected);
        assertThat(times.range(null, value).to()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "soon",
                "2h30m",
                "-2h",
                "1w",
                "2026",
                "2026-13-01",
                "2026-02-30",
                "08:00",
                "2026-01-01T25:00",
                "9999999999d",
                "1d ago",
                "T",
                "\u001b[1m"
            })
    void refusesWhatIsNoTime(String value) {
        assertThatThrownBy(() -> times.range(value, null))
                .isInstanceOf(CommandException.class)
                .hasMessageMatching("--from .*: must be a time .*how long ago.*")
                .hasMessageNotContaining("\u001b");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29, 2026-03-28T23:00:00Z",
        "2026-03-30, 2026-03-29T22:00:00Z",
        "2026-03-29T12:00, 2026-03-29T10:00:00Z",
        "2026-03-29 03:00:00+02, 2026-03-29T01:00:00Z",
        "2026-10-25 02:30:00.500+01, 2026-10-25T01:30:00.500Z"
    })
    void aTimeWithoutAZoneIsThatOfThoseWhoLook(String value, Instant expected) {
        TimeOption berlin =
                new TimeOption(
                        Clock.fixed(
                                Instant.parse("2026-03-10T12:00:00Z"), ZoneId.of("Europe/Berlin")));

        assertThat(berlin.range(value, null).from()).contains(expected);
    }

    @Test
    void whatATableShowsIsReadBack() {
        Instant time = Instant.parse("2026-10-25T00:30:00Z");

        assertThat(times.range(Plain.time(time, ZoneId.of("Asia/Kathmandu")), null).from())
                .contains(time);
    }

    @Test
    void anOpenRangeIsOpen() {
        assertThat(times.range(null, null).from()).isEmpty();
        assertThat(times.range(null, null).to()).isEmpty();
    }

    @Test
    void theStartIsBeforeTheEnd() {
        assertThatThrownBy(() -> times.range("1h", "1h"))
                .hasMessage("--from 1h: must be before --to 1h");
    }
}
