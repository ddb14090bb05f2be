package io.visionops.processes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.child.ChildSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaunchTest {

    @Test
    void aChildHasOurEnvironmentAndItsOwnButNotWhatIsForTheMemoryOfJava() {
        Map<String, String> environment =
                new HashMap<>(
                        Map.of(
                                "PATH", "/bin",
                                "TZ", "UTC",
                                "MALLOC_ARENA_MAX", "2",
                                "MALLOC_MMAP_THRESHOLD_", "131072"));

        Launch.complete(
                environment,
                new ChildSpec(
                        "one", List.of("true"), Map.of("TZ", "CET"), Path.of("/"), "", Set.of()));

        assertThat(environment).containsOnly(Map.entry("PATH", "/bin"), Map.entry("TZ", "CET"));
    }
}
