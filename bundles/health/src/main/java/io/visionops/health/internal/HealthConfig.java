package io.visionops.health.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an admin may set. All is text: a wrong number is refused as the other values are. */
@ObjectClassDefinition(name = "VisionOps health", description = "Health checks")
public @interface HealthConfig {

    /** When the program is started again each day, in the zone that is configured. */
    String RESTART_DAILY = "03:00";

    @AttributeDefinition(
            name = "Level",
            description =
                    "full; basic: rounds of checks once a minute, no trends of memory and disk")
    String monitoring_level() default "full";

    @AttributeDefinition(
            name = "Interval",
            description = "From one round of all checks to the next, 1s to 1h")
    String health_interval() default HealthSettings.INTERVAL;

    @AttributeDefinition(
            name = "Swap",
            description = "How long a part may be away before it is missed, 1s to 1h")
    String swap_limit() default HealthSettings.SWAP_LIMIT;

    @AttributeDefinition(
            name = "Memory",
            description = "That this program and its children may have")
    String memory_limit() default "6GB";

    @AttributeDefinition(name = "Memory, warning", description = "Percent of the limit")
    String memory_warn() default "80";

    @AttributeDefinition(name = "Memory, critical", description = "Percent of the limit")
    String memory_critical() default "90";

    @AttributeDefinition(name = "CPU, warning", description = "Percent, over a minute")
    String cpu_warn() default "60";

    @AttributeDefinition(name = "CPU, critical", description = "Percent, over a minute")
    String cpu_critical() default "90";

    @AttributeDefinition(name = "Temperature, warning", description = "Degrees Celsius")
    String temperature_warn() default "65";

    @AttributeDefinition(name = "Temperature, critical", description = "Degrees Celsius")
    String temperature_critical() default "75";

    @AttributeDefinition(
            name = "Temperature, emergency stop",
            description = "Degrees Celsius; from here on all cameras are ended")
    String temperature_stop() default "90";

    @AttributeDefinition(
            name = "Sensor",
            description = "File with thousandths of a degree; empty: the computer's own sensor")
    String sensor_file() default "";

    @AttributeDefinition(name = "Disk free, warning", description = "Less than this")
    String disk_free_warn() default "10GB";

    @AttributeDefinition(name = "Disk free, critical", description = "Less than this")
    String disk_free_critical() default "1GB";

    @AttributeDefinition(name = "Disk used, warning", description = "Percent")
    String disk_used_warn() default "85";

    @AttributeDefinition(name = "Disk used, critical", description = "Percent")
    String disk_used_critical() default "95";

    @AttributeDefinition(name = "File descriptors, warning", description = "Percent")
    String descriptors_warn() default "80";

    @AttributeDefinition(name = "File descriptors, critical", description = "Percent")
    String descriptors_critical() default "95";

    @AttributeDefinition(name = "Threads, warning", description = "Of this program")
    String threads_warn() default "1000";

    @AttributeDefinition(name = "Threads, critical", description = "Of this program")
    String threads_critical() default "3000";

    @AttributeDefinition(name = "Memory outside the heap, warning", description = "Percent")
    String direct_memory_warn() default "80";

    @AttributeDefinition(name = "Memory outside the heap, critical", description = "Percent")
    String direct_memory_critical() default "95";

    @AttributeDefinition(
            name = "Step of the clock",
            description = "By which it is set and not corrected")
    String clock_step() default "2s";

    @AttributeDefinition(
            name = "Daily restart",
            description = "A time such as 03:00; components (parts alone); off")
    String restart_daily() default RESTART_DAILY;

    @AttributeDefinition(
            name = "Uptime, warning",
            description = "From then on a daily restart that was due and not made is a warning")
    String uptime_warn() default "23h";

    @AttributeDefinition(
            name = "Uptime, critical",
            description = "From then on a daily restart that was due and not made is critical")
    String uptime_limit() default "24h";

    @AttributeDefinition(
            name = "Repairs",
            description = "on: what is critical is repaired; off: it is only shown")
    String recovery() default "on";
}
