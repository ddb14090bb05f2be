package io.visionops.api.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How the stream of a camera did, hour by hour. Hours are full ones of UTC.
 *
 * @param from begin of the first hour
 * @param hours oldest first, without gaps; never empty
 */
public record CameraHours(String camera, Instant from, List<Hour> hours) {

    /**
     * One hour.
     *
     * @param known time that says something of the camera, 0 to 1 h: VisionOps ran, its clock was
     *     not set forward, and nobody had paused the camera
     * @param outages that began in the hour
     * @param stalled time in which frames were missing while the stream was up; of degraded time
     *     what was not seen
     * @param lateMillis by which one frame in twenty came later than the pace of the stream; empty
     *     where that was not measured
     * @param bitsPerSecond of the camera's stream, while it streamed; likewise, and of cameras in
     *     the network
     */
    public record Hour(
            Duration known,
            int outages,
            Duration stalled,
            OptionalDouble lateMillis,
            OptionalDouble bitsPerSecond) {}

    public CameraHours {
        hours = List.copyOf(hours);
    }

    /** End of the last hour. */
    public Instant to() {
        return from.plus(Duration.ofHours(hours.size()));
    }
}
