package io.visionops.store.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the database lies and how long its rows are kept. */
@ObjectClassDefinition(name = "VisionOps store", description = "The database")
public @interface StoreConfig {

    /** Empty: the system property visionops.data. */
    @AttributeDefinition(name = "Folder", description = "Data folder; empty: visionops.data")
    String folder() default "";

    @AttributeDefinition(name = "Events", description = "Kept for so long, such as 365d")
    String events_retention() default "365d";

    @AttributeDefinition(name = "Tracks", description = "Boxes by frame, kept for so long")
    String tracks_retention() default "2d";

    @AttributeDefinition(name = "Pictures", description = "Of events, kept for so long")
    String snapshots_retention() default "14d";

    @AttributeDefinition(
            name = "Records",
            description = "Kept for so long; some kinds for another time: 365d, health 30d")
    String records_retention() default "365d";

    @AttributeDefinition(
            name = "Maintenance",
            description = "Time of day of the daily maintenance, such as 03:40; off: never")
    String maintenance_daily() default "03:40";

    @AttributeDefinition(
            name = "Reserve",
            description = "Megabytes that are kept for a full disk, 0 to 1024")
    String reserve_mb() default "16";

    /** Empty: the one of this computer. */
    @AttributeDefinition(
            name = "Time zone",
            description = "In which days and hours begin for people, such as Europe/Berlin")
    String timezone() default "";
}
