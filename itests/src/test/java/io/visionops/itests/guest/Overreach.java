package io.visionops.itests.guest;

import io.visionops.api.recovery.RecoveryAction;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.time.Duration;
import java.util.List;

/** Has the part write what the journal of this version refuses. */
public final class Overreach implements RecoveryAction {

    private final WeatherPart part;

    public Overreach(WeatherPart part) {
        this.part = part;
    }

    @Override
    public String name() {
        return "weather.overreach";
    }

    @Override
    public Scope scope() {
        return Scope.COMPONENT;
    }

    @Override
    public String cost() {
        return "an entry that is refused";
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
        part.overreach(actor);
        return RecoveryResult.done("three entries are on their way");
    }
}
