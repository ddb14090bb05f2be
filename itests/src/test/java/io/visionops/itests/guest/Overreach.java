package io.visionops.itests.guest;

import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;

/** Has the part write what the journal of this version refuses. */
public final class Overreach extends RoofRepair {

    private final WeatherPart part;

    public Overreach(WeatherPart part) {
        super("weather.overreach", "an entry that is refused");
        this.part = part;
    }

    @Override
    public RecoveryResult run(Subject target, String reason, Actor actor) {
        part.overreach(actor);
        return RecoveryResult.done("three entries are on their way");
    }
}
