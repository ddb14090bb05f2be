package io.visionops.ingest.internal.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilmDescriptionTest {

    @Test
    void theTimeOfTheContainerAndTheLengthAreRead() {
        FilmDescription film =
                FilmDescription.of(
                        List.of(
                                "[info] Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/a.mp4':",
                                "[info]   Metadata:",
                                "[info]     creation_time   : 2026-01-05T08:00:00.000000Z",
                                "[info]   Duration: 01:02:03.45, start: 0.000000, bitrate: 1 kb/s",
                                "[info]   Stream #0:0[0x1](und): Video: h264, 320x180",
                                "[info]       creation_time   : 2026-01-06T08:00:00.000000Z"));

        assertThat(film.created()).contains(Instant.parse("2026-01-05T08:00:00Z"));
        assertThat(film.length())
                .contains(
                        Duration.ofHours(1)
                                .plusMinutes(2)
                                .plusSeconds(3)
                                .plus(Duration.ofMillis(450)));
    }

    @Test
    void clocksThatWereNeverSetAndLengthsThatAreNotKnownTellNothing() {
        assertThat(
                        FilmDescription.of(
                                List.of(
                                        "[info]     creation_time   : 1970-01-01T00:00:00.000000Z",
                                        "[info]     creation_time   : 2026-13-41T99:00:00Z",
                                        "[info]   Duration: N/A, bitrate: N/A")))
                .isEqualTo(FilmDescription.UNKNOWN);
    }
}
