package io.visionops.itests.guest;

import java.time.Duration;
import java.time.Instant;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;

/** Whether the weather station measures. Reads an age: no I/O. */
public final class WeatherCheck implements HealthCheck {

    private static final Duration OLD = Duration.ofSeconds(30);

    private final WeatherPart part;

    public WeatherCheck(WeatherPart part) {
        this.part = part;
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        Duration age = Duration.between(part.measured(), Instant.now());
        if (age.compareTo(OLD) > 0) {
            log.critical("the wind was not measured for {} s: look at the cable", age.toSeconds());
        } else {
            log.info("the wind on the roof was measured {} s ago", age.toSeconds());
        }
        return new Result(log);
    }
}
