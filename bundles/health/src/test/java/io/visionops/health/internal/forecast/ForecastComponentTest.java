package io.visionops.health.internal.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.forecast.Forecast;
import io.visionops.api.query.CameraHours;
import io.visionops.api.query.JournalReadException;
import io.visionops.api.query.JournalReader;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecastComponentTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final OptionalDouble NOTHING = OptionalDouble.empty();

    private final ForecastComponent component = new ForecastComponent();
    private final List<List<Object>> queries = new ArrayList<>();

    @Test
    void aCameraIsForecastFromItsOutages() {
        component.setReader(
                reader(
                        camera(
                                "gate",
                                hour ->
                                        new CameraHours.Hour(
                                                HOUR,
                                                growing(hour),
                                                Duration.ZERO,
                                                NOTHING,
                                                NOTHING)),
                        camera(
                                "yard",
                                hour ->
                                        new CameraHours.Hour(
                                                HOUR, 0, Duration.ZERO, NOTHING, NOTHING))));

        List<Forecast> forecasts = component.forecasts(Optional.empty());

        assertThat(forecasts).extracting(Forecast::camera).containsExactly("gate", "yard");
        assertThat(forecasts).extracting(Forecast::likely).containsExactly(true, false);
        assertThat(forecasts).extracting(Forecast::asOf).containsOnly(NOON);
        assertThat(forecasts.get(0).reason()).startsWith("outages grow: ");
        assertThat(forecasts.get(1).reason()).startsWith("no decline: ");
        assertThat(queries).containsExactly(List.of(Optional.empty(), 14 * 24));
    }

    @Test
    void aCameraIsForecastFromItsStalledMinutes() {
        component.setReader(
                reader(
                        camera(
                                "gate",
                                hour ->
                                        new CameraHours.Hour(
                                                HOUR,
                                                0,
                                                Duration.ofSeconds(Math.max(0, hour - 300) * 45L),
                                                NOTHING,
                                                NOTHING))));

        Forecast forecast = component.forecasts(Optional.of("gate")).get(0);

        assertThat(forecast.likely()).isTrue();
        assertThat(forecast.reason()).startsWith("stalled minutes grow: 1.4 an hour");
        assertThat(queries).containsExactly(List.of(Optional.of("gate"), 14 * 24));
    }

    @Test
    void aCameraIsForecastFromItsBitRateAlone() {
        component.setReader(
                reader(
                        camera(
                                "gate",
                                hour -> {
                                    double share = hour < 286 ? 1 : 1 - 0.012 * (hour - 285);
                                    double usual = hour % 24 < 12 ? 500_000 : 2_000_000;
                                    return new CameraHours.Hour(
                                            HOUR,
                                            0,
                                            Duration.ZERO,
                                            NOTHING,
                                            OptionalDouble.of(usual * share));
                                })));

        Forecast forecast = component.forecasts(Optional.empty()).get(0);

        assertThat(forecast.likely()).isTrue();
        assertThat(forecast.reason()).startsWith("the bit rate falls: ");
    }

    @Test
    void aCameraIsForecastFromItsLatenessAlone() {
        component.setReader(
                reader(
                        camera(
                                "gate",
                                hour ->
                                        new CameraHours.Hour(
                                                HOUR,
                                                0,
                                                Duration.ZERO,
                                                OptionalDouble.of(
                                                        50 + 40.0 * Math.max(0, hour - 300)),
                                                NOTHING))));

        Forecast forecast = component.forecasts(Optional.empty()).get(0);

        assertThat(forecast.likely()).isTrue();
        assertThat(forecast.reason()).startsWith("frames come later and later: ");
    }

    @Test
    void anHourOfWhichLessThanHalfIsKnownIsNotKnown() {
        Duration little = Duration.ofMinutes(30).minusMillis(1);
        component.setReader(
                reader(
                        camera(
                                "gate",
                                hour ->
                                        new CameraHours.Hour(
                                                hour < 170 ? little : Duration.ofMinutes(30),
                                                hour < 170 ? 60 : 0,
                                                Duration.ZERO,
                                                NOTHING,
                                                NOTHING))));

        Forecast forecast = component.forecasts(Optional.empty()).get(0);

        assertThat(forecast.likely()).isFalse();
        assertThat(forecast.reason()).isEqualTo("no forecast: 166 of 168 hours are known");
    }

    @Test
    void withoutTheDatabaseItSaysSo() {
        JournalReader first = reader();
        JournalReader second = reader();
        component.setReader(first);
        component.setReader(second);
        component.unsetReader(first);
        assertThat(component.forecasts(Optional.empty())).isEmpty();

        component.unsetReader(second);

        assertThatThrownBy(() -> component.forecasts(Optional.empty()))
                .isInstanceOf(JournalReadException.class)
                .hasMessage("the database is not available");
    }

    /** Doubles again and again, from the 300th hour on. */
    private static int growing(int hour) {
        return hour < 300 ? 0 : (int) Math.pow(2, (hour - 300) / 9.0);
    }

    private static CameraHours camera(String name, IntFunction<CameraHours.Hour> hour) {
        return new CameraHours(
                name,
                NOON.minus(Duration.ofDays(14)),
                IntStream.range(0, 14 * 24).mapToObj(hour).toList());
    }

    /** Has these cameras, and remembers what it was asked for. */
    private JournalReader reader(CameraHours... cameras) {
        return (JournalReader)
                Proxy.newProxyInstance(
                        JournalReader.class.getClassLoader(),
                        new Class<?>[] {JournalReader.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("hours")) {
                                queries.add(Arrays.asList(arguments));
                                return List.of(cameras);
                            }
                            return method.getName().equals("equals")
                                    ? proxy == arguments[0]
                                    : System.identityHashCode(proxy);
                        });
    }
}
