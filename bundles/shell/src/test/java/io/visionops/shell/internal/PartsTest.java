package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.query.JournalReader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;

class PartsTest extends ShellTest {

    @Test
    void aMissingPartIsOneLine() {
        assertThat(console.fail("counts"))
                .isEqualTo(
                        "the database is not available: bundle io.visionops.store is not"
                                + " installed\n");
    }

    @Test
    void aMissingPartSaysWhatItsBundleDoes() throws Exception {
        Bundle store = console.install("io.visionops.store");

        assertThat(missing()).endsWith("io.visionops.store cannot be started; the log says why");
        store.start();
        assertThat(missing()).endsWith("is active, but does not offer it; the log says why");
        store.stop();
        assertThat(missing()).endsWith("is stopped");
    }

    private String missing() {
        try (Parts parts = new Parts(console.bundles(), Duration.ZERO)) {
            return parts.missing(Part.JOURNAL_READER);
        }
    }

    @Test
    void aSwapIsRidden() throws Exception {
        console.setPatience(Duration.ofSeconds(10));
        FakeJournalReader reader = new FakeJournalReader();
        ServiceRegistration<JournalReader> old = console.offer(JournalReader.class, reader);
        old.unregister();

        CompletableFuture<Void> swap =
                CompletableFuture.runAsync(
                        () -> console.offer(JournalReader.class, reader),
                        CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

        assertThat(console.run("counts --json")).isEqualTo("[]\n");
        swap.join();
    }

    @Test
    void anAnswerSurvivesThatItsBundleIsStopped() throws Exception {
        console.offer(JournalReader.class, new FakeJournalReader());
        Bundle shell = console.install("io.visionops.shell.test");
        shell.start();

        Parts parts = new Parts(shell.getBundleContext(), Duration.ZERO);
        assertThat(parts.find(Part.JOURNAL_READER)).isPresent();
        shell.stop();

        assertThatCode(parts::close).doesNotThrowAnyException();
    }

    @Test
    void aCommandWhoseBundleIsStoppedBeforeItAskedHasDoneNothing() throws Exception {
        Bundle shell = console.install("io.visionops.shell.test");
        shell.start();
        Parts parts = new Parts(shell.getBundleContext(), Duration.ZERO);
        shell.stop();

        assertThatThrownBy(() -> parts.find(Part.JOURNAL_READER))
                .isInstanceOf(CommandReplacedException.class)
                .hasMessage("the commands are being replaced: try again in a moment");
    }

    @Test
    void completionDoesNotWaitForAMissingPart() {
        assertThat(console.complete("camera-remove ")).isEmpty();
    }
}
