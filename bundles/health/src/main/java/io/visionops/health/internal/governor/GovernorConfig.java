package io.visionops.health.internal.governor;

/**
 * What an admin may set, in the file of the health checks. All is text: a wrong number is refused
 * as the other values are.
 */
public @interface GovernorConfig {

    String governor_enabled() default "true";

    String governor_temperature_release() default "65";

    String governor_temperature_throttle() default "70";

    String governor_temperature_pause() default "75";

    String governor_memory_release() default "75";

    String governor_memory_throttle() default "80";

    String governor_memory_critical() default "90";

    String governor_cpu_release() default "75";

    String governor_cpu_throttle() default "90";

    String governor_queue_release() default "2";

    String governor_queue_throttle() default "10";

    String governor_hold_down() default "1m";

    String governor_hold_pause() default "10s";

    String governor_hold_up() default "5m";
}
