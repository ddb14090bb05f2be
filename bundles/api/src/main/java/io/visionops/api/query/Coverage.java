package io.visionops.api.query;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Where the time of a camera went in an interval: {@code watched}, {@code degraded} and {@code
 * blind} together are {@code expected}, to the millisecond.
 *
 * @param expected time in which the camera was enabled, up to {@link #SETTLED} ago
 * @param degraded by cause: the words of {@link io.visionops.api.camera.Cause} in lower case and
 *     {@link #LATE}
 * @param share of the degraded time that was seen all the same, 0..1; 1 where there is none
 * @param blind by cause, likewise, and {@link #CONNECTING}, {@link #CLOCK}, {@link #NOT_ANALYSED}
 *     and {@link #NOT_RUNNING}
 */
public record Coverage(
        String camera,
        Instant from,
        Instant to,
        Duration expected,
        Duration watched,
        Map<String, Duration> degraded,
        double share,
        Map<String, Duration> blind) {

    /** What is younger is not told completely yet and is left out. */
    public static final Duration SETTLED = Duration.ofSeconds(20);

    /** Degraded: single frames were missing or late. */
    public static final String LATE = "late";

    /** Blind: a camera that has not shown a picture yet, and no fault is known. */
    public static final String CONNECTING = "connecting";

    /** Blind: the clock was set forward, or the computer slept. */
    public static final String CLOCK = "clock";

    /** Blind: frames came, but nobody looked at them, as while the detector is away. */
    public static final String NOT_ANALYSED = "not-analysed";

    /** Blind: VisionOps did not run, or its notes are lost. */
    public static final String NOT_RUNNING = "not-running";

    public Coverage {
        degraded = Map.copyOf(degraded);
        blind = Map.copyOf(blind);
    }

    /** All causes together. */
    public Duration degradedTime() {
        return degraded.values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** All causes together. */
    public Duration blindTime() {
        return blind.values().stream().reduce(Duration.ZERO, Duration::plus);
    }
}
