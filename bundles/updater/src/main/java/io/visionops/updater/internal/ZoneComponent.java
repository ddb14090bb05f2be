package io.visionops.updater.internal;

import io.visionops.support.time.ConfiguredZone;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;

/**
 * The zone in which people mean times of day. A wrong one is refused by the store, which says so.
 */
@Component(service = ZoneComponent.class, configurationPid = ConfiguredZone.PID)
public final class ZoneComponent {

    private final ConfiguredZone zone = new ConfiguredZone();

    @Activate
    public ZoneComponent(ConfiguredZone.Config config) {
        change(config);
    }

    @Modified
    void change(ConfiguredZone.Config config) {
        zone.set(config.timezone());
    }

    /** In that zone, also when it becomes another one. */
    Clock clock() {
        return zone.clock();
    }
}
