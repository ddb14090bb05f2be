package io.visionops.itests.guest;

import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;

/** Calibrates the sensor. */
public final class Recalibrate extends RoofRepair {

    private final WeatherPart part;

    public Recalibrate(WeatherPart part) {
        super("weather.recalibrate", "no wind for a second");
        this.part = part;
    }

    @Override
    public RecoveryResult run(Subject target, String reason, Actor actor) {
        part.recalibrate(reason, actor);
        return RecoveryResult.done("the sensor is calibrated");
    }
}
