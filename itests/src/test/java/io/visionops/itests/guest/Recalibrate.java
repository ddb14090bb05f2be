package io.visionops.itests.guest;

import io.visionops.api.recovery.RecoveryAction;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.time.Duration;
import java.util.List;

/** Calibrates the sensor. */
public final class Recalibrate implements RecoveryAction {

    private final WeatherPart part;

    public Recalibrate(WeatherPart part) {
        this.part = part;
    }

    @Override
    public String name() {
        return "weather.recalibrate";
    }

    @Override
    public Scope scope() {
        return Scope.COMPONENT;
    }

    @Override
    public String cost() {
        return "no wind for a second";
    }

    @Override
    public Duration deadline() {
        return Duration.ofSeconds(5);
    }

    @Override
    public List<Subject> targets() {
        return List.of(WeatherPart.ROOF);
    }

    @Override
    public RecoveryResult run(Subject target, String reason, Actor actor) {
        part.recalibrate(reason, actor);
        return RecoveryResult.done("the sensor is calibrated");
    }
}
