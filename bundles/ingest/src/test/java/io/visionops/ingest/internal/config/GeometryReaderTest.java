package io.visionops.ingest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.geometry.Line;
import io.visionops.api.geometry.Zone;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class GeometryReaderTest {

    private static final String AREA = "0,0 1,0 1,1";

    private static GeometryReader of(String... keysAndValues) throws InvalidSetting {
        Map<String, String> raw = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            raw.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new GeometryReader(new Keys(raw, Secrets.NONE));
    }

    @Test
    void nothingIsDrawnWhereNothingIsSaid() throws InvalidSetting {
        GeometryReader geometry = of();

        assertThat(geometry.lines()).isEmpty();
        assertThat(geometry.zones()).isEmpty();
        assertThat(geometry.masks()).isEmpty();
    }

    @Test
    void linesAreOrderedByName() throws InvalidSetting {
        assertThat(of("line.door", "0,0 1,1", "line.Gate", "0,0 1,0", "line.a", "0,1 1,1").lines())
                .extracting(Line::name)
                .containsExactly("Gate", "a", "door");
    }

    @Test
    void aZoneHasTheLimitsThatNameIt() throws InvalidSetting {
        GeometryReader geometry =
                of(
                        "zone.hall",
                        AREA,
                        "zone.hall.loitering.s",
                        "1.5",
                        "zone.hall.max.occupancy",
                        "0",
                        "zone.yard",
                        AREA);

        assertThat(geometry.zones())
                .satisfiesExactly(
                        hall -> {
                            assertThat(hall.name()).isEqualTo("hall");
                            assertThat(hall.loitering()).contains(Duration.ofMillis(1500));
                            assertThat(hall.maxOccupancy()).isEqualTo(OptionalInt.of(0));
                        },
                        yard -> {
                            assertThat(yard.loitering()).isEmpty();
                            assertThat(yard.maxOccupancy()).isEmpty();
                        });
        assertThat(of("zone.hall", AREA).zones()).extracting(Zone::name).containsExactly("hall");
    }

    @Test
    void aLimitOfAZoneThatIsNotDrawnIsRefused() {
        assertThatThrownBy(() -> of("zone.hall.loitering.s", "5").zones())
                .isInstanceOf(InvalidSetting.class)
                .hasMessage("zone.hall.loitering.s = 5: there is no zone.hall");
        assertThatThrownBy(() -> of("zone.hall", AREA, "zone.hall.colour", "red").zones())
                .hasMessageStartingWith("zone.hall.colour: unknown key");
    }

    @Test
    void masksAreSeparatedBySemicolons() throws InvalidSetting {
        assertThat(of("mask", AREA + "; 0,0 0,1 1,1").masks()).hasSize(2);
    }

    @Test
    void thereAreBoundsToNamesAndNumber() {
        assertThatThrownBy(() -> of("line.a b", "0,0 1,1").lines())
                .hasMessage("line.a b: the name must be 1..64 of a-z A-Z 0-9 _ -");
        assertThatThrownBy(() -> of("line.door", "0,0 1,1", "line.DOOR", "0,0 1,0").lines())
                .hasMessage("line.door: another one has that name in other case");
        assertThatThrownBy(() -> of("mask", (AREA + ";").repeat(64) + AREA).masks())
                .hasMessage("mask.NAME: at most 64 of them, not 65");
    }
}
