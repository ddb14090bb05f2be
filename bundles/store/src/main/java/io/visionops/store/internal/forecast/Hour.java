package io.visionops.store.internal.forecast;

/**
 * One hour of a camera.
 *
 * @param known whether VisionOps ran for at least half of it
 * @param outages that began in it
 * @param stalledMinutes in which the stream was up and frames were missing
 * @param lateMillis by which one frame in twenty came late; not a number where nothing is known
 * @param bitsPerSecond of the stream, likewise
 */
public record Hour(
        boolean known,
        int outages,
        double stalledMinutes,
        double lateMillis,
        double bitsPerSecond) {

    public static final Hour UNKNOWN = new Hour(false, 0, 0, Double.NaN, Double.NaN);
}
