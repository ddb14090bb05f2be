package io.visionops.support.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.ManualClock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ConfiguredZoneTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final ConfiguredZone zone = new ConfiguredZone();

    @Test
    void unsetItIsThatOfTheComputer() {
        assertThat(zone.get()).isEqualTo(ZoneId.systemDefault());

        assertThat(zone.set("Europe/Berlin")).isTrue();
        assertThat(zone.set(" ")).isTrue();

        assertThat(zone.get()).isEqualTo(ZoneId.systemDefault());
    }

    @Test
    void aWrongOneChangesNothing() {
        assertThat(zone.set(" Europe/Berlin ")).isTrue();

        assertThat(zone.set("Berlin")).isFalse();

        assertThat(zone.get()).isEqualTo(BERLIN);
    }

    @Test
    void aClockThatWasGivenOutFollowsIt() {
        ManualClock time = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
        Clock clock = zone.clock(time);

        zone.set("Europe/Berlin");

        assertThat(clock.getZone()).isEqualTo(BERLIN);
        assertThat(clock.instant()).isEqualTo(time.instant());
    }
}
