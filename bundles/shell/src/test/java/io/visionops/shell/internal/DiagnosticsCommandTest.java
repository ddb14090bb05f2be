package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.diagnostics.Diagnostics;
import io.visionops.api.diagnostics.DiagnosticsFile;
import io.visionops.api.diagnostics.DiagnosticsFile.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiagnosticsCommandTest extends ShellTest {

    @Test
    void aDiagnosticsFileIsNamedWithWhatIsMissing() {
        List<Optional<Path>> asked = new ArrayList<>();
        console.offer(
                Diagnostics.class,
                (file, by) -> {
                    asked.add(file);
                    return new DiagnosticsFile(
                            file.orElse(Path.of("/data/a.zip")),
                            NOW,
                            1500,
                            List.of(
                                    new Entry("a.json", 2, "00", Optional.empty()),
                                    new Entry("b.json", 0, "", Optional.of("not done"))));
                });

        assertThat(console.run("diagnostics"))
                .contains("/data/a.zip: 1.5 kB", "b.json", "not done")
                .doesNotContain("a.json");
        console.run("diagnostics mine.zip");

        assertThat(asked)
                .containsExactly(Optional.empty(), Optional.of(folder.resolve("mine.zip")));
    }
}
