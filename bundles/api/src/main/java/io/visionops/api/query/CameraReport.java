package io.visionops.api.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a camera did in an interval. Held against it is time in which it showed nothing although
 * VisionOps ran: {@code known} is the expected time without {@link Coverage#NOT_RUNNING} and {@link
 * Coverage#CLOCK}, and being not analysed is no fault of a camera.
 *
 * @param available share of {@code known} in which the camera showed a picture that is of use,
 *     0..1; empty where nothing is known
 * @param outages that began in the interval; connecting at the start of VisionOps is none
 * @param betweenFailures available time by outage (MTBF); empty without one
 * @param toRepair mean length of those outages (MTTR), also of what lies behind the interval; empty
 *     without one
 * @param stream what its stream was like
 * @param causes of blind and degraded time, the longest first
 */
public record CameraReport(
        String camera,
        Instant from,
        Instant to,
        Duration expected,
        Duration known,
        Optional<Double> available,
        int outages,
        Optional<Duration> betweenFailures,
        Optional<Duration> toRepair,
        Stream stream,
        List<Loss> causes) {

    /**
     * Means over the hours that begin in the interval; empty where nothing was measured.
     *
     * @param bitsPerSecond of the camera's stream, while it streamed; of cameras in the network
     * @param lateMillis by which one frame in twenty came later than the pace of the stream
     * @param connectMillis from a try that succeeded to its first frame, after an outage
     */
    public record Stream(
            OptionalDouble bitsPerSecond,
            OptionalDouble lateMillis,
            OptionalDouble connectMillis) {}

    /**
     * Time that was lost.
     *
     * @param cause as in {@link Coverage}
     * @param length within the interval; of degraded time what was not seen
     * @param outages that began in the interval with this cause
     */
    public record Loss(String cause, Duration length, int outages) {}

    public CameraReport {
        causes = List.copyOf(causes);
    }
}
