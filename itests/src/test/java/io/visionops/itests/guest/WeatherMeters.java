package io.visionops.itests.guest;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Metrics of the weather station. */
public final class WeatherMeters implements MeterBinder {

    private final WeatherPart part;

    public WeatherMeters(WeatherPart part) {
        this.part = part;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("visionops.weather.wind", part, WeatherPart::wind)
                .description("Speed of the wind on the roof, in metres per second")
                .register(registry);
        FunctionCounter.builder("visionops.weather.readings", part, WeatherPart::readings)
                .description("Measurements since weather was started")
                .register(registry);
    }
}
