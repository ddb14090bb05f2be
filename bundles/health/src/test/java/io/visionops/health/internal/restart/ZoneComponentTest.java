package io.visionops.health.internal.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.health.internal.restart.DailyRestart.Setting;
import io.visionops.support.time.ConfiguredZone;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class ZoneComponentTest {

    private static final ZoneId EAST = ZoneId.of("Asia/Kolkata");
    private static final ZoneId WEST = ZoneId.of("America/Bogota");

    private final ZoneComponent zone = new ZoneComponent(config(EAST.getId()));

    @Test
    void theDailyRestartIsDueInTheZoneThatIsConfigured() {
        DailyRestart daily = new DailyRestart(zone.clock());
        assertThat(daily.isDue(before(EAST), Duration.ofHours(20), false)).isTrue();
        assertThat(daily.isDue(before(WEST), Duration.ofHours(20), false)).isFalse();

        zone.change(config(WEST.getId()));

        assertThat(daily.isDue(before(EAST), Duration.ofHours(20), false)).isFalse();
        assertThat(daily.isDue(before(WEST), Duration.ofHours(20), false)).isTrue();
    }

    private static Setting before(ZoneId zone) {
        LocalTime now = LocalTime.now(zone).truncatedTo(ChronoUnit.MINUTES);
        return Setting.read(now.minusMinutes(2).toString());
    }

    private static ConfiguredZone.Config config(String timezone) {
        return (ConfiguredZone.Config)
                Proxy.newProxyInstance(
                        ConfiguredZone.Config.class.getClassLoader(),
                        new Class<?>[] {ConfiguredZone.Config.class},
                        (proxy, method, arguments) -> timezone);
    }
}
