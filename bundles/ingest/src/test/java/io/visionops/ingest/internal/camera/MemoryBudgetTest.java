package io.visionops.ingest.internal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much Java allows outside of its heap. */
class MemoryBudgetTest {

    @ParameterizedTest
    @CsvSource({
        "-Xmx512m, 1000",
        "-XX:MaxDirectMemorySize=512m, 536870912",
        "-XX:MaxDirectMemorySize=2G, 2147483648",
        "-XX:MaxDirectMemorySize=4096, 4096",
        "-XX:MaxDirectMemorySize=what, 1000"
    })
    void theOptionIsReadAsJavaReadsIt(String option, long bytes) {
        assertThat(MemoryBudget.directMemory(List.of("-ea", option), 1000)).isEqualTo(bytes);
        assertThat(MemoryBudget.ofThisMachine().frames()).isPositive();
        assertThat(MemoryBudget.ofThisMachine().available().getAsLong()).isPositive();
    }
}
