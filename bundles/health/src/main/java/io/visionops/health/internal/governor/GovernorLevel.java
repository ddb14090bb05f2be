package io.visionops.health.internal.governor;

import io.visionops.api.camera.ServiceLevel;
import io.visionops.api.camera.ServiceLevel.Kind;

/**
 * How much is left out, from nothing to all. Each step takes the cameras of low priority first and
 * the others with the next one.
 */
enum GovernorLevel {
    FULL(Kind.FULL, Kind.FULL, "full service for all cameras"),
    FEWER_FRAMES_LOW(Kind.REDUCED, Kind.FULL, "fewer frames of cameras of low priority"),
    FEWER_FRAMES(Kind.REDUCED, Kind.REDUCED, "fewer frames of all cameras"),
    KEYFRAMES_LOW(
            Kind.KEYFRAMES,
            Kind.REDUCED,
            "key frames only of cameras of low priority, fewer frames of the others"),
    KEYFRAMES(Kind.KEYFRAMES, Kind.KEYFRAMES, "key frames only of all cameras"),
    MOTION_LOW(
            Kind.MOTION_ONLY,
            Kind.KEYFRAMES,
            "motion only on cameras of low priority, key frames only of the others"),
    MOTION(Kind.MOTION_ONLY, Kind.MOTION_ONLY, "motion only on all cameras"),
    PAUSED(Kind.PAUSED, Kind.PAUSED, "all cameras are paused");

    /** Reduced is this part of the rate that is set. */
    private static final int PART = 2;

    private final Kind low;
    private final Kind others;
    private final String words;

    GovernorLevel(Kind low, Kind others, String words) {
        this.low = low;
        this.others = others;
        this.words = words;
    }

    /** What is done, for a person. */
    String words() {
        return words;
    }

    /**
     * What is asked of a camera.
     *
     * @param isLow whether it is one of those of low priority
     * @param fps as it is set
     */
    ServiceLevel of(boolean isLow, int fps) {
        Kind kind = isLow ? low : others;
        return kind == Kind.REDUCED
                ? ServiceLevel.reduced(Math.max(1, fps / PART))
                : new ServiceLevel(kind, 0);
    }

    boolean isDeeperThan(GovernorLevel other) {
        return compareTo(other) > 0;
    }

    GovernorLevel deeper() {
        return values()[Math.min(ordinal() + 1, PAUSED.ordinal())];
    }

    GovernorLevel higher() {
        return values()[Math.max(ordinal() - 1, 0)];
    }
}
