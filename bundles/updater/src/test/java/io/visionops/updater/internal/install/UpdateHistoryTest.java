package io.visionops.updater.internal.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.subject.Actor;
import io.visionops.api.update.UpdateResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateHistoryTest {

    @TempDir Path folder;

    private UpdateHistory history() {
        UpdateHistory history = new UpdateHistory(folder);
        history.read();
        return history;
    }

    private static UpdateResult result(long to, String outcome) {
        return new UpdateResult(
                Instant.parse("2026-01-01T00:00:00Z"),
                1,
                to,
                "1.0." + to,
                1,
                outcome,
                "",
                Duration.ofSeconds(20),
                Optional.empty(),
                Actor.part("updater"));
    }

    @Test
    void beginsWithNothing() {
        assertThat(history().results()).isEmpty();
        assertThat(history().refusal(2)).isEmpty();
    }

    @Test
    void whatWasAddedIsThereAfterAStartTheNewestFirst() {
        history().add(result(2, "installed"), Optional.empty());
        history().add(result(3, "rolled-back"), Optional.of("it crashes"));

        assertThat(history().results())
                .containsExactly(result(3, "rolled-back"), result(2, "installed"));
        assertThat(history().refusal(3)).contains("it crashes");
        assertThat(history().refusal(2)).isEmpty();
    }

    @Test
    void aReleaseThatWasInstalledInTheEndIsNotRefusedAnyMore() {
        history().add(result(3, "rolled-back"), Optional.of("it crashes"));
        history().add(result(3, "installed"), Optional.empty());

        assertThat(history().refusal(3)).isEmpty();
    }

    /** An update that was asked for again and failed before it began has proved nothing. */
    @Test
    void aReleaseThatWasBadStaysRefusedAfterATryThatCameToNothing() {
        history().add(result(3, "rolled-back"), Optional.of("it crashes"));
        history().add(result(3, "failed"), Optional.empty());
        history().add(result(3, "dropped"), Optional.empty());

        assertThat(history().refusal(3)).contains("it crashes");
    }

    @Test
    void aHundredAreKept() {
        UpdateHistory history = history();
        for (int i = 1; i <= 103; i++) {
            history.add(result(i, "installed"), Optional.empty());
        }

        assertThat(history().results()).hasSize(100);
        assertThat(history().results().get(0).to()).isEqualTo(103);
    }

    @Test
    void whatWasCutOffOrDamagedBeginsANewHistory() throws IOException {
        history().add(result(3, "rolled-back"), Optional.of("it crashes"));
        byte[] whole = Files.readAllBytes(folder.resolve("history.json"));
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(folder.resolve("history.json"), java.util.Arrays.copyOf(whole, length));

            assertThat(history().results()).isEmpty();
        }
        history().add(result(4, "installed"), Optional.empty());
        assertThat(history().results()).containsExactly(result(4, "installed"));
    }
}
