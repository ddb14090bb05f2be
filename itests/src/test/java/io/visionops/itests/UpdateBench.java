package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Every kind of bad release on one instance with two cameras: how it is found and how long it takes
 * until the program of before serves. The table goes to {@code target/bad-releases.md}.
 */
@Tag("bench")
@Isolated
class UpdateBench {

    /** Names of {@link BadRelease} by commas; all of them without it. */
    private static final String KINDS = System.getProperty("visionops.update.kinds", "");

    @Test
    void everyBadReleaseIsGoneBackFromByItself() throws Exception {
        List<String> missed = new ArrayList<>();
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "| the release (`part`) | level | found by | outcome | seconds |",
                                "| --- | --- | --- | --- | --- |"));
        try (UpdateTrial trial = new UpdateTrial("bench-bad-releases")) {
            for (BadRelease kind : kinds()) {
                UpdateTrial.Row row = trial.run(kind);
                lines.add(row.line());
                Files.write(Instance.TARGET.resolve("bad-releases.md"), lines);
                if (row.outcome().equals("installed")) {
                    missed.add(kind.words());
                }
            }
        }
        assertThat(missed).as("releases that are bad and were kept").isEmpty();
    }

    private static List<BadRelease> kinds() {
        return KINDS.isEmpty()
                ? List.of(BadRelease.values())
                : Stream.of(KINDS.split(",")).map(BadRelease::valueOf).toList();
    }
}
