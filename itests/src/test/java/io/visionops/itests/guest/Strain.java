package io.visionops.itests.guest;

import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;

/** Has the part write much ({@code archive}), or often until {@code calm}, by the reason given. */
public final class Strain extends RoofRepair {

    private final WeatherPart part;

    public Strain(WeatherPart part) {
        super("weather.strain", "a gigabyte of the disk");
        this.part = part;
    }

    @Override
    public RecoveryResult run(Subject target, String reason, Actor actor) {
        switch (reason) {
            case "archive" -> part.workload().archive();
            case "sample" -> part.workload().sample();
            default -> part.workload().calm();
        }
        return RecoveryResult.done("on its way: " + reason);
    }
}
