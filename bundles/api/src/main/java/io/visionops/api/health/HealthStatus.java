package io.visionops.api.health;

/** The status of a check, from good to bad. */
public enum HealthStatus {
    OK,
    /** It works, and somebody should look at it soon. */
    WARN,
    /** It does not work at the moment and is expected to by itself, as a part that is swapped. */
    TEMPORARILY_UNAVAILABLE,
    /** It does not work. */
    CRITICAL,
    /** The check itself failed, so that nobody knows. */
    HEALTH_CHECK_ERROR;

    /** The worse of the two. */
    public HealthStatus or(HealthStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
