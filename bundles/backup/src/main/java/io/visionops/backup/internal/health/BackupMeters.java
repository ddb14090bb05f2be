package io.visionops.backup.internal.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.backup.internal.BackupComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** When the newest proven backup was made. Thread-safe; reads the last look. */
@Component(service = MeterBinder.class)
public final class BackupMeters implements MeterBinder {

    private final BackupComponent backups;

    @Activate
    public BackupMeters(@Reference BackupComponent backups) {
        this.backups = backups;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("visionops.backup.last.success.timestamp", backups, BackupMeters::seconds)
                .description("When the newest backup was made that is proven by a restore")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Not a number while there is none: an alert that compares with it does not fire wrongly. */
    private static double seconds(BackupComponent backups) {
        return backups.facts()
                .newestProven()
                .map(time -> (double) time.getEpochSecond())
                .orElse(Double.NaN);
    }
}
