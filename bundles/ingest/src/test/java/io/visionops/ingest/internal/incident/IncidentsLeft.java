package io.visionops.ingest.internal.incident;

import io.visionops.api.camera.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a monitor leaves to its successor, for tests of what keeps it. */
public final class IncidentsLeft {

    private IncidentsLeft() {}

    /** One incident with every field filled, and the loss of one of its two cameras. */
    public static IncidentMonitor.Left ofTwoCameras(Instant at) {
        OpenIncident.Left fault =
                new OpenIncident.Left(
                        FailureDomain.host("10.0.0.5"),
                        3,
                        List.of("a", "b"),
                        -5,
                        -4,
                        Long.MAX_VALUE,
                        Optional.of(Cause.TIMEOUT),
                        Duration.ofMillis(1),
                        true,
                        OptionalLong.of(12));
        CameraLoss.Left loss =
                new CameraLoss.Left("a", -4, Cause.TIMEOUT, true, false, OptionalInt.of(0));
        return new IncidentMonitor.Left(
                at,
                99,
                new IncidentCorrelator.Left(
                        List.of(loss), List.of(fault), Optional.of(fault), OptionalLong.of(5)),
                List.of(at.minusSeconds(1)));
    }
}
