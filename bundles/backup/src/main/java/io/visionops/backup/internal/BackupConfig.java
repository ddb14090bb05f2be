package io.visionops.backup.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an admin may set in {@code etc/io.visionops.backup.cfg}. */
@ObjectClassDefinition(name = "VisionOps backup", description = "Backups")
public @interface BackupConfig {

    @AttributeDefinition(
            name = "Target",
            description =
                    "Folder of the backups; relative to the data folder. Best another disk: a"
                            + " mounted USB or NFS folder")
    String target() default "backups";

    @AttributeDefinition(
            name = "Key file",
            description = "The key of the backups; relative to the data folder")
    String key_file() default "keys/backup.key";

    @AttributeDefinition(
            name = "Time of day",
            description = "When the daily backup is made, such as 02:15; off: never by itself")
    String daily() default "02:15";

    @AttributeDefinition(name = "Jitter", description = "Later by up to so much, 0s to 2h")
    String jitter() default "10m";

    @AttributeDefinition(name = "Kept days", description = "A backup of each, 1 to 366")
    String keep_daily() default "7";

    @AttributeDefinition(name = "Kept weeks", description = "A backup of each, 0 to 520")
    String keep_weekly() default "4";

    @AttributeDefinition(
            name = "Kept hours",
            description = "Increments that are kept, one is made each hour; 0 to 168, 0: none")
    String keep_hourly() default "24";
}
