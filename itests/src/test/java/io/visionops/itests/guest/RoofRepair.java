package io.visionops.itests.guest;

import io.visionops.api.recovery.RecoveryAction;
import io.visionops.api.subject.Subject;
import java.time.Duration;
import java.util.List;

/** What the repairs of the weather station have in common. */
abstract class RoofRepair implements RecoveryAction {

    private final String name;
    private final String cost;

    RoofRepair(String name, String cost) {
        this.name = name;
        this.cost = cost;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Scope scope() {
        return Scope.COMPONENT;
    }

    @Override
    public final String cost() {
        return cost;
    }

    @Override
    public final Duration deadline() {
        return Duration.ofSeconds(5);
    }

    @Override
    public final List<Subject> targets() {
        return List.of(WeatherPart.ROOF);
    }
}
