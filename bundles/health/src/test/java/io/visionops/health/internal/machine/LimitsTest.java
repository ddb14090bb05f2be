package io.visionops.health.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.health.HealthStatus;
import io.visionops.health.internal.machine.Limits.Pair;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    private static Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        for (String key :
                new String[] {
                    "memory",
                    "cpu",
                    "temperature",
                    "disk.used",
                    "descriptors",
                    "threads",
                    "direct.memory"
                }) {
            values.put(key + ".warn", "50");
            values.put(key + ".critical", "90");
        }
        values.put("memory.limit", "6GB");
        values.put("disk.free.warn", "10GB");
        values.put("disk.free.critical", "500MB");
        values.put("temperature.stop", "95");
        values.put("clock.step", "2s");
        return values;
    }

    static Limits limits() {
        return Limits.read(values());
    }

    @ParameterizedTest
    @CsvSource({
        "memory.limit, much, a size such as",
        "cpu.warn, -1, a whole number",
        "cpu.warn, 60%, a whole number",
        "cpu.warn, 91, must not be above cpu.critical",
        "disk.free.warn, 100MB, must not be below disk.free.critical",
        "clock.step, two, a number with ms",
        "threads.critical, , a whole number"
    })
    void aWrongValueIsRefusedWithItsKeyAndWhatIsAllowed(String key, String value, String words) {
        Map<String, String> values = values();
        values.put(key, value == null ? "" : value);

        assertThatThrownBy(() -> Limits.read(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(words);
    }

    @Test
    void aLimitHoldsFromItsValueOn() {
        Pair pair = new Pair(50, 90);

        assertThat(pair.above(49.9)).isEqualTo(HealthStatus.OK);
        assertThat(pair.above(50)).isEqualTo(HealthStatus.WARN);
        assertThat(pair.above(90)).isEqualTo(HealthStatus.CRITICAL);
        Pair free = new Pair(10, 1);
        assertThat(free.below(10)).isEqualTo(HealthStatus.OK);
        assertThat(free.below(9)).isEqualTo(HealthStatus.WARN);
        assertThat(free.below(0.5)).isEqualTo(HealthStatus.CRITICAL);
    }
}
