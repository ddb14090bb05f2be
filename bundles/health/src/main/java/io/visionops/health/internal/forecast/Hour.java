package io.visionops.health.internal.forecast;

import io.visionops.api.query.CameraHours;
import java.time.Duration;

/**
 * One hour of a camera.
 *
 * @param known whether enough of it says something of the camera
 * @param outages that began in it
 * @param stalledMinutes in which the stream was up and frames were missing
 * @param lateMillis by which one frame in twenty came late; not a number where nothing is known
 * @param bitsPerSecond of the stream, likewise
 */
record Hour(
        boolean known,
        int outages,
        double stalledMinutes,
        double lateMillis,
        double bitsPerSecond) {

    static final Hour UNKNOWN = new Hour(false, 0, 0, Double.NaN, Double.NaN);

    /** What less is known of cannot be compared with other hours. */
    private static final Duration ENOUGH = Duration.ofMinutes(30);

    private static final double MINUTE = Duration.ofMinutes(1).toMillis();

    /** As it stands in the database. */
    static Hour of(CameraHours.Hour read) {
        return read.known().compareTo(ENOUGH) < 0
                ? UNKNOWN
                : new Hour(
                        true,
                        read.outages(),
                        read.stalled().toMillis() / MINUTE,
                        read.lateMillis().orElse(Double.NaN),
                        read.bitsPerSecond().orElse(Double.NaN));
    }
}
