package io.visionops.health.internal.trend;

/**
 * What an admin may set, in the file of the health checks. All is text: a wrong number is refused
 * as the other values are.
 */
public @interface TrendConfig {

    /** An hour. */
    String memory_growth_warn() default "10MB";

    /** An hour. */
    String memory_growth_limit() default "50MB";

    String forecast_memory() default "24h";

    String forecast_disk() default "7d";
}
