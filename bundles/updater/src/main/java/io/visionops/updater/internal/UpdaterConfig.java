package io.visionops.updater.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an admin may set in {@code etc/io.visionops.updater.cfg}. */
@ObjectClassDefinition(name = "VisionOps updater", description = "Releases")
public @interface UpdaterConfig {

    @AttributeDefinition(
            name = "Repository",
            description =
                    "Where releases are: a folder (file:/...) or https://...; several by commas")
    String repository() default "";

    @AttributeDefinition(
            name = "Rate",
            description = "Fetched at most, such as 500k (kilobytes a second); 0 for all there is")
    String rate() default "0";

    @AttributeDefinition(
            name = "Trusted root",
            description = "The maker's root.json; relative to the folder etc")
    String root() default "update-root.json";

    @AttributeDefinition(
            name = "Looking",
            description = "daily: looks once a day and fetches what is new; off: only when asked")
    String check() default "daily";

    @AttributeDefinition(
            name = "Installing",
            description = "by-hand, or a maintenance window such as 02:00-04:00")
    String install() default "by-hand";

    @AttributeDefinition(
            name = "Gate",
            description = "For how long all has to be as before until a release is kept, 5s to 1h")
    String gate_hold() default "60s";

    @AttributeDefinition(
            name = "Gate, at most",
            description =
                    "After this a release is gone back from while something is worse, 10s to 2h")
    String gate_limit() default "3m";
}
