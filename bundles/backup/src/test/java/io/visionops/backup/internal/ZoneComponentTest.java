package io.visionops.backup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.support.time.ConfiguredZone;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ZoneComponentTest {

    private static final ZoneId EAST = ZoneId.of("Asia/Kolkata");
    private static final ZoneId WEST = ZoneId.of("America/Bogota");

    private final ZoneComponent zone = new ZoneComponent(config(EAST.getId()));

    @Test
    void theClockOfBackupsIsInTheZoneThatIsConfigured() {
        Clock clock = zone.clock();
        assertThat(clock.getZone()).isEqualTo(EAST);

        zone.change(config(WEST.getId()));

        assertThat(clock.getZone()).isEqualTo(WEST);
    }

    private static ConfiguredZone.Config config(String timezone) {
        return (ConfiguredZone.Config)
                Proxy.newProxyInstance(
                        ConfiguredZone.Config.class.getClassLoader(),
                        new Class<?>[] {ConfiguredZone.Config.class},
                        (proxy, method, arguments) -> timezone);
    }
}
