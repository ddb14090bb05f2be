package io.visionops.api.query;

import io.visionops.api.camera.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of the states that a camera went through, newest first.
 *
 * @param next cursor of the next page; empty on the last
 */
public record HistoryPage(List<StatePeriod> stays, Optional<String> next) {

    /**
     * A state, from when it was entered until the next one was.
     *
     * @param state a {@link io.visionops.api.camera.CameraState}, by its name
     * @param cause of a {@link Cause}, as {@link Cause#key()}
     * @param lasted up to now for the present state
     */
    public record StatePeriod(
            Instant since, Duration lasted, String state, Optional<String> cause, String detail) {}

    public HistoryPage {
        stays = List.copyOf(stays);
    }
}
