package io.visionops.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KarafTest {

    @Test
    void whatTheEnvironmentSaysOfTheNativeMemoryHolds() {
        Map<String, String> environment = new HashMap<>(Map.of("MALLOC_ARENA_MAX", "4"));

        Karaf.complete(environment);

        assertThat(environment)
                .containsOnly(
                        Map.entry("MALLOC_ARENA_MAX", "4"),
                        Map.entry("MALLOC_MMAP_THRESHOLD_", "131072"));
    }
}
