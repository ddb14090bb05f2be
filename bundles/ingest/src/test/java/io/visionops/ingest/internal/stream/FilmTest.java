package io.visionops.ingest.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FilmTest {

    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final Optional<Duration> MINUTE = Optional.of(Duration.ofMinutes(1));

    @Test
    void aFilmBeginsWhenItIsSaidToOrEndsNowWhereItWouldNotBeOver() {
        Film past = new Film(Optional.of(NOW.minusSeconds(3600)), MINUTE);
        Film running = new Film(Optional.of(NOW.minusSeconds(10)), MINUTE);

        assertThat(past.startBy(NOW)).isEqualTo(NOW.minusSeconds(3600));
        assertThat(past.isOfTheFuture(NOW)).isFalse();
        assertThat(running.startBy(NOW)).isEqualTo(NOW.minusSeconds(60));
        assertThat(running.isOfTheFuture(NOW)).isTrue();
        assertThat(new Film(Optional.of(NOW.minusSeconds(60)), MINUTE).isOfTheFuture(NOW))
                .isFalse();
    }

    @Test
    void aFilmOfWhichNothingIsKnownBeginsNow() {
        assertThat(Film.UNKNOWN.startBy(NOW)).isEqualTo(NOW);
        assertThat(Film.UNKNOWN.isOfTheFuture(NOW)).isFalse();
    }

    @Test
    void repetitionsBeginAnew() {
        Film film = new Film(Optional.empty(), MINUTE);

        assertThat(film.within(Duration.ofSeconds(59))).isEqualTo(Duration.ofSeconds(59));
        assertThat(film.within(Duration.ofSeconds(60))).isZero();
        assertThat(film.within(Duration.ofSeconds(150))).isEqualTo(Duration.ofSeconds(30));
        assertThat(Film.UNKNOWN.within(Duration.ofDays(3))).isEqualTo(Duration.ofDays(3));
    }
}
