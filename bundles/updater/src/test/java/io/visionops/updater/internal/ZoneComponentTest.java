package io.visionops.updater.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.time.Ticker;
import io.visionops.support.time.ConfiguredZone;
import io.visionops.updater.internal.schedule.MaintenanceWindow;
import io.visionops.updater.internal.schedule.UpdateSchedule;
import java.lang.reflect.Proxy;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ZoneComponentTest {

    private static final ZoneId EAST = ZoneId.of("Asia/Kolkata");
    private static final ZoneId WEST = ZoneId.of("America/Bogota");

    private final ZoneComponent zone = new ZoneComponent(config(EAST.getId()));

    @Test
    void theMaintenanceWindowIsInTheZoneThatIsConfigured() {
        UpdateSchedule schedule = new UpdateSchedule(Ticker.system(), zone.clock(), new Random(1));
        assertThat(schedule.isInstallAllowed(around(EAST))).isTrue();
        assertThat(schedule.isInstallAllowed(around(WEST))).isFalse();

        zone.change(config(WEST.getId()));

        assertThat(schedule.isInstallAllowed(around(EAST))).isFalse();
        assertThat(schedule.isInstallAllowed(around(WEST))).isTrue();
    }

    private static Optional<MaintenanceWindow> around(ZoneId zone) {
        LocalTime now = LocalTime.now(zone).truncatedTo(ChronoUnit.MINUTES);
        return MaintenanceWindow.read(now.minusMinutes(30) + "-" + now.plusMinutes(30));
    }

    private static ConfiguredZone.Config config(String timezone) {
        return (ConfiguredZone.Config)
                Proxy.newProxyInstance(
                        ConfiguredZone.Config.class.getClassLoader(),
                        new Class<?>[] {ConfiguredZone.Config.class},
                        (proxy, method, arguments) -> timezone);
    }
}
