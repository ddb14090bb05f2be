package io.visionops.health.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Event;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.testkit.RecordingJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartImportTest {

    @TempDir Path folder;

    private final RecordingJournal journal = new RecordingJournal();
    private Path file;
    private Path marker;

    @BeforeEach
    void files() throws IOException {
        file = folder.resolve("restarts.jsonl");
        marker = folder.resolve("health/restarts.imported");
        Files.createDirectories(marker.getParent());
        append(line(1, "started", ""));
        append(line(2, "crashed", "was killed"));
    }

    @Test
    void eachLineIsARecordAndAnEventOnce() throws IOException {
        importAll(new RestartImport(file, marker));
        append(line(3, "safe-mode", "4 crashes"));
        importAll(new RestartImport(file, marker));

        assertThat(journal.events())
                .extracting(Event::detail)
                .containsExactly("started", "crashed: was killed", "safe-mode: 4 crashes");
        assertThat(journal.events())
                .extracting(Event::severity)
                .containsExactly(Severity.INFO, Severity.WARNING, Severity.CRITICAL);
        assertThat(journal.facts(JournalRecord.class))
                .allMatch(record -> record.kind().equals("restart"))
                .anyMatch(record -> record.body().contains("\"reason\":\"was killed\""));
    }

    @Test
    void whatTheDatabaseDoesNotTakeIsHandedInAgain() throws IOException {
        RestartImport restarts = new RestartImport(file, marker);
        journal.setBroken(true);
        importAll(restarts);
        journal.setBroken(false);

        importAll(restarts);

        assertThat(journal.entries()).hasSize(2);
    }

    @Test
    void aMarkerThatWasLostDoublesNothing() throws IOException {
        importAll(new RestartImport(file, marker));
        Files.delete(marker);

        importAll(new RestartImport(file, marker));

        assertThat(journal.entries()).hasSize(2);
    }

    @Test
    void aLineThatIsNoneIsPassedOver() throws IOException {
        append("{\"id\":\"0\n");
        append(line(4, "stopped", "asked to stop"));

        importAll(new RestartImport(file, marker));

        assertThat(journal.entries()).hasSize(3);
    }

    private void importAll(RestartImport restarts) throws IOException {
        for (int i = 0; i < 10; i++) {
            restarts.next(journal);
        }
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String line(int number, String what, String reason) {
        return String.format(
                Locale.ROOT,
                "{\"id\":\"00000000-0000-0000-0000-00000000000%d\",\"time\":"
                        + "\"2026-11-29T00:00:0%dZ\",\"what\":\"%s\",\"reason\":\"%s\",\"status\":-1}%n",
                number,
                number,
                what,
                reason);
    }
}
