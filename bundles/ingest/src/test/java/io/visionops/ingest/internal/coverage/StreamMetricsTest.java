package io.visionops.ingest.internal.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.visionops.api.camera.CameraState;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Fact.Metric;
import io.visionops.ingest.internal.decoder.StreamProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamMetricsTest {

    private static final Instant T = Instant.parse("2026-01-01T09:50:00Z");
    private static final long MS = 1_000_000;

    private final List<Fact.Measured> told = new ArrayList<>();
    private final StreamMetrics vitals =
            new StreamMetrics("front", T, fact -> told.add((Fact.Measured) fact));
    private long millis;

    @Test
    void theBitRateIsWhatTheDecoderReadInItsOwnTime() {
        vitals.read(7, volume(500, 10));
        vitals.read(7, volume(1000, 20));
        vitals.read(7, volume(1000, 20));
        vitals.read(7, volume(3500, 40));
        vitals.close();

        assertThat(told)
                .containsExactly(
                        new Fact.Measured(
                                "front",
                                Metric.BITS_PER_SECOND,
                                T,
                                8.0 * 3000 * 1024 / 30,
                                30_000));
    }

    @Test
    void anotherDecoderCountsFromItsOwnBeginning() {
        vitals.read(7, volume(9000, 100));
        vitals.read(8, volume(100, 10));
        vitals.read(8, volume(225, 20));
        vitals.close();

        assertThat(told).hasSize(1);
        assertThat(told.get(0).value()).isEqualTo(8.0 * 125 * 1024 / 10);
    }

    @Test
    void aSteadyStreamIsNotLateWhateverItsPace() {
        stream(120, 200);
        stream(120, 1000);
        vitals.close();

        assertThat(told).extracting(Fact.Measured::metric).containsOnly(Metric.LATE_MS);
        assertThat(told.get(0).value()).isZero();
    }

    @Test
    void oneFrameInTenThatComesLateIsFoundAndOneInAHundredIsNot() {
        for (int i = 0; i < 600; i++) {
            frame(i % 10 == 0 ? 700 : 150);
        }
        vitals.close();
        assertThat(told.get(0).value()).isCloseTo(550, within(1.0));

        told.clear();
        for (int i = 0; i < 600; i++) {
            frame(i % 100 == 0 ? 900 : 200);
        }
        vitals.close();
        assertThat(told.get(0).value()).isZero();
    }

    @Test
    void aStandstillOfThisComputerIsNoLateness() {
        for (int i = 0; i < 200; i++) {
            frame(200);
            if (i % 10 == 0) {
                millis += 2_500;
                vitals.tick(T.plusMillis(millis), millis * MS);
            }
        }
        vitals.tick(T.plusSeconds(60), millis * MS);
        vitals.close();

        assertThat(told).allMatch(one -> one.value() == 0);
    }

    @Test
    void aConnectionTakesFromTheTryToTheFirstFrameAndTheFirstOneDoesNotCount() {
        vitals.state(CameraState.CONNECTING, false, 0);
        vitals.state(CameraState.STREAMING, true, 5_000 * MS);
        vitals.state(CameraState.BACKOFF, true, 60_000 * MS);
        vitals.state(CameraState.CONNECTING, true, 61_000 * MS);
        vitals.state(CameraState.BACKOFF, true, 65_000 * MS);
        vitals.state(CameraState.CONNECTING, true, 67_000 * MS);
        vitals.state(CameraState.STREAMING, true, 67_800 * MS);
        vitals.close();

        assertThat(told).containsExactly(new Fact.Measured("front", Metric.CONNECT_MS, T, 800, 1));
    }

    @Test
    void itIsToldEveryTenMinutesOfTheHourThatItBelongsTo() {
        stream(20 * 60, 200);

        assertThat(told)
                .extracting(Fact.Measured::at)
                .containsExactly(T, T.plus(Duration.ofMinutes(10)));
        assertThat(told).extracting(Fact.Measured::weight).containsExactly(10L, 10L);

        stream(60, 200);
        vitals.close();
        vitals.close();
        assertThat(told).hasSize(3);
    }

    private void stream(int seconds, int step) {
        for (int i = 0; i < seconds * 1000 / step; i++) {
            frame(step);
        }
    }

    private void frame(int step) {
        millis += step;
        vitals.frame(millis * MS);
        vitals.tick(T.plusMillis(millis), millis * MS);
    }

    private static StreamProgress volume(long kib, long seconds) {
        return new StreamProgress(kib * 1024, Duration.ofSeconds(seconds));
    }
}
