package io.visionops.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSizesTest {

    @TempDir Path sources;

    @BeforeEach
    void createSources() throws IOException {
        Path folder = Files.createDirectories(sources.resolve("a/b"));
        Files.writeString(folder.resolve("Long.java"), "\n".repeat(SourceSizes.LINES + 1));
        Files.writeString(folder.resolve("package-info.java"), "");
        for (int i = 0; i < SourceSizes.CLASSES; i++) {
            Files.writeString(folder.resolve("C" + i + ".java"), "\n".repeat(SourceSizes.LINES));
        }
    }

    @Test
    void whatIsTooLargeIsNamed() throws IOException {
        assertThat(new SourceSizes(Map.of()).violations(sources))
                .containsExactlyInAnyOrder("a.b.Long has 301 lines", "a.b has 26 classes");
    }

    @Test
    void anExceptionHoldsForSoManyAndNoMore() throws IOException {
        assertThat(new SourceSizes(Map.of("a.b.Long", 301, "a.b", 26)).violations(sources))
                .isEmpty();
        Files.writeString(sources.resolve("a/b/Long.java"), "\n".repeat(302));
        Files.writeString(sources.resolve("a/b/More.java"), "");

        assertThat(new SourceSizes(Map.of("a.b.Long", 301, "a.b", 26)).violations(sources))
                .containsExactlyInAnyOrder("a.b.Long has 302 lines", "a.b has 27 classes");
    }

    @Test
    void theShippedExceptionsAreRead() {
        assertThat(SourceSizes.shipped()).isNotNull();
    }
}
