package io.visionops.itests.guest;

import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.subject.Actor;
import java.time.Duration;

/** Saves nothing, as it knows nothing that a restart would need. */
public final class WeatherCheckpoint implements CheckpointAction {

    @Override
    public String name() {
        return "weather";
    }

    @Override
    public Duration deadline() {
        return Duration.ofSeconds(5);
    }

    @Override
    public CheckpointResult checkpoint(String reason, Actor by) {
        return reason.equals("storm")
                ? CheckpointResult.failed("weather.roof", "the mast is down")
                : CheckpointResult.committed("weather.roof");
    }
}
