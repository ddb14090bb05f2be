package io.visionops.ingest.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Source;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameTimesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(START);

    /** Ten frames a second. */
    private final FrameTimes times = new FrameTimes(plan(Source.Pace.NATIVE, false), clock);

    private long sequence;

    @Test
    void aFrameThatWasWaitedForIsOfNow() {
        times.begin(false, clock.nanos());

        assertThat(List.of(after(100), after(130), after(70), after(5000)))
                .containsExactly(at(100), at(230), at(300), at(5300));
    }

    @Test
    void framesThatWaitedWhileNobodyReadAreOneFrameTimeApart() {
        times.begin(false, clock.nanos());
        assertThat(after(100)).isEqualTo(at(100));

        clock.advance(Duration.ofMillis(420));
        FrameTimes successor = new FrameTimes(plan(Source.Pace.NATIVE, false), clock);
        successor.continueFrom(times.known());
        successor.begin(true, clock.nanos());

        for (int frame = 1; frame <= 4; frame++) {
            clock.advance(Duration.ofMillis(2));
            assertThat(successor.of(++sequence, clock.nanos())).isEqualTo(at(100 + 100 * frame));
        }
        clock.advance(Duration.ofMillis(72));
        assertThat(successor.of(++sequence, clock.nanos())).isEqualTo(at(600));
    }

    @Test
    void framesThatComeInPairsAreNeverOfTheFuture() {
        times.begin(false, clock.nanos());

        assertThat(List.of(after(200), after(1), after(199), after(1)))
                .containsExactly(at(200), at(201), at(400), at(401));
    }

    @Test
    void theFirstFrameOfAnotherDecoderIsOfNow() {
        times.begin(false, clock.nanos());
        after(100);
        clock.advance(Duration.ofSeconds(1));

        times.begin(false, clock.nanos());

        assertThat(after(1)).isEqualTo(at(1101));
    }

    @Test
    void theFramesOfAFilmHaveItsTimesHoweverFastItIsRead() {
        FrameTimes file = film(START.minusSeconds(3600), false);
        file.begin(false, clock.nanos());
        assertThat(file.of(0, clock.nanos())).isEqualTo(at(-3_600_000));
        clock.advance(Duration.ofSeconds(5));

        assertThat(file.of(1, clock.nanos())).isEqualTo(at(-3_599_900));
    }

    @Test
    void aFilmGoesOnWithItsTimesAndBeginsAnewWithThoseThatHoldThen() {
        FrameTimes file = film(START.minusSeconds(3600), false);
        file.begin(false, clock.nanos());
        file.of(0, clock.nanos());

        FrameTimes successor = film(START.minusSeconds(7200), false);
        successor.continueFrom(file.known());
        successor.begin(true, clock.nanos());
        assertThat(successor.of(2, clock.nanos())).isEqualTo(at(-3_599_800));

        successor.begin(false, clock.nanos());
        assertThat(successor.of(0, clock.nanos())).isEqualTo(at(-7_200_000));
    }

    @Test
    void noFrameOfAFilmIsOfTheFuture() {
        FrameTimes file = film(START.plusSeconds(3600), false);
        file.begin(false, clock.nanos());

        assertThat(file.of(0, clock.nanos())).isEqualTo(at(-10_000));
        assertThat(file.of(99, clock.nanos())).isEqualTo(at(-100));
        // Of a length that was told wrong.
        assertThat(file.of(500, clock.nanos())).isEqualTo(START);
    }

    @Test
    void aFilmThatIsRepeatedRepeatsItsTimes() {
        FrameTimes file = film(START.minusSeconds(3600), true);
        file.begin(false, clock.nanos());

        assertThat(file.of(99, clock.nanos())).isEqualTo(at(-3_590_100));
        assertThat(file.of(100, clock.nanos())).isEqualTo(at(-3_600_000));
        assertThat(file.of(1_234, clock.nanos())).isEqualTo(at(-3_596_600));
    }

    /** Ten seconds long. */
    private FrameTimes film(Instant start, boolean loop) {
        FrameTimes film = new FrameTimes(plan(Source.Pace.ASAP, loop), clock);
        film.use(new Film(Optional.of(start), Optional.of(Duration.ofSeconds(10))));
        return film;
    }

    @Test
    void beforeTheFirstFrameThereIsNothingToContinueFrom() {
        assertThat(times.known()).isEqualTo(Optional.empty());
    }

    private Instant after(long millis) {
        clock.advance(Duration.ofMillis(millis));
        return times.of(++sequence, clock.nanos());
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }

    private static DecoderSettings plan(Source.Pace pace, boolean loop) {
        return new DecoderSettings(
                "front",
                new Source("rtsp://127.0.0.1/x", List.of(), pace, loop, Source.Transport.TCP),
                10,
                640);
    }
}
