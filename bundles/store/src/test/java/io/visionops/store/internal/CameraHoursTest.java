package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Fact.Metric;
import io.visionops.api.journal.Fact.Sight;
import io.visionops.api.query.CameraHours;
import io.visionops.api.query.CameraHours.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraHoursTest extends StoreRig {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int FORTNIGHT = 14 * 24;

    /** Ten in the morning; hours are asked for at five past twelve. */
    private static final Instant TEN = NOON.minus(HOUR.multipliedBy(2));

    private List<CameraHours> hours(int count) {
        store.clock.advance(Duration.ofMinutes(5));
        return store.reader().hours(Optional.empty(), count);
    }

    @Test
    void outagesStandInTheHourInWhichTheyBeganAndACameraThatIsDisabledIsLeftOut() {
        Instant start = NOON.minus(Duration.ofDays(14));
        store.append(
                new Fact.Expected("gate", start, true),
                new Fact.Expected("off", start, true),
                new Fact.Expected("off", NOON, false));
        for (int hour = 0; hour < FORTNIGHT; hour++) {
            Instant at = start.plus(HOUR.multipliedBy(hour));
            store.append(Fact.Account.watched("gate", at, HOUR));
            for (int i = 0; i < growing(hour); i++) {
                blind("timeout", at.plusSeconds(1 + 150 * i), Duration.ofSeconds(10));
            }
        }

        List<CameraHours> cameras = hours(FORTNIGHT);

        assertThat(cameras).extracting(CameraHours::camera).containsExactly("gate");
        assertThat(cameras.get(0).from()).isEqualTo(start);
        assertThat(cameras.get(0).to()).isEqualTo(NOON);
        assertThat(cameras.get(0).hours()).hasSize(FORTNIGHT);
        for (int hour = 0; hour < FORTNIGHT; hour++) {
            assertThat(cameras.get(0).hours().get(hour))
                    .isEqualTo(
                            new Hour(
                                    HOUR,
                                    growing(hour),
                                    Duration.ZERO,
                                    OptionalDouble.empty(),
                                    OptionalDouble.empty()));
        }
    }

    /** Doubles again and again, from the 300th hour on. */
    private static int growing(int hour) {
        return hour < 300 ? 0 : (int) Math.pow(2, (hour - 300) / 9.0);
    }

    @Test
    void figuresOfTheStreamStandWhereTheyWereMeasured() {
        store.append(
                new Fact.Expected("gate", TEN, true),
                new Fact.Measured("gate", Metric.BITS_PER_SECOND, TEN, 500_000, 3_600_000),
                new Fact.Measured("gate", Metric.LATE_MS, TEN.plus(HOUR), 40, 10));

        List<Hour> hours = hours(2).get(0).hours();

        assertThat(hours)
                .extracting(Hour::bitsPerSecond)
                .containsExactly(OptionalDouble.of(500_000), OptionalDouble.empty());
        assertThat(hours)
                .extracting(Hour::lateMillis)
                .containsExactly(OptionalDouble.empty(), OptionalDouble.of(40));
    }

    @Test
    void stalledIsWhatWasNotSeenOfDegradedTimeHourByHour() {
        store.append(
                new Fact.Expected("gate", TEN, true),
                new Fact.Account(
                        "gate",
                        Sight.DEGRADED,
                        "late",
                        TEN.plus(Duration.ofMinutes(50)),
                        Duration.ofMinutes(40),
                        Duration.ofMinutes(30)));

        assertThat(hours(2).get(0).hours())
                .extracting(Hour::stalled)
                .containsExactly(Duration.ofSeconds(150), Duration.ofMinutes(10).minusSeconds(150));
    }

    @Test
    void aLeapOfTheClockAPauseAndTimeWithoutVisionOpsSayNothingOfTheCamera() {
        store.append(new Fact.Expected("gate", TEN, true));
        blind("clock", TEN, Duration.ofMinutes(10));
        blind("paused", TEN.plus(Duration.ofMinutes(10)), Duration.ofMinutes(20));
        blind("timeout", TEN.plus(Duration.ofMinutes(30)), Duration.ofMinutes(5));

        List<Hour> hours = hours(2).get(0).hours();

        assertThat(hours)
                .extracting(Hour::known)
                .containsExactly(Duration.ofMinutes(5), Duration.ZERO);
        assertThat(hours).extracting(Hour::outages).containsExactly(1, 0);
    }

    @Test
    void theLastHourIsFullAndSettled() {
        store.append(new Fact.Expected("gate", TEN, true));
        store.clock.advance(Duration.ofSeconds(19));

        assertThat(store.reader().hours(Optional.of("gate"), 1).get(0).to())
                .isEqualTo(NOON.minus(HOUR));
        store.clock.advance(Duration.ofSeconds(1));

        assertThat(store.reader().hours(Optional.of("gate"), 1).get(0).to()).isEqualTo(NOON);
        assertThat(store.reader().hours(Optional.of("yard"), 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001})
    void moreOrLessThanIsAllowedIsRefused(int count) {
        assertThatThrownBy(() -> hours(count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hours " + count + ": from 1 to 1000 is allowed");
    }

    private void blind(String cause, Instant from, Duration length) {
        store.append(Fact.Account.blind("gate", cause, from, length));
    }
}
