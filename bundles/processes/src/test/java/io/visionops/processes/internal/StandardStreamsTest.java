package io.visionops.processes.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.child.ChildSpec;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StandardStreamsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** More than a pipe holds. */
    private static final String MUCH = "a line of input\n".repeat(50_000);

    private Process process;

    private StandardStreams start(ChildSpec spec) throws IOException {
        process = new ProcessBuilder(spec.command()).start();
        StandardStreams streams = new StandardStreams(spec, process);
        streams.start();
        return streams;
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void theInputIsWrittenAndClosedWhileTheOutputIsRead() throws Exception {
        StandardStreams streams = start(Specs.withInput(Specs.command("cam", "cat"), MUCH));

        assertThat(new String(streams.output().of(() -> true).readAllBytes(), UTF_8))
                .isEqualTo(MUCH);
    }

    @Test
    void aChildThatTakesNoInputDoesNotBlockItsErrors() throws Exception {
        ChildSpec spec = Specs.script("cam", "echo 'the key is sesame' >&2; exec sleep 60 2>&-");
        StandardStreams streams = start(Specs.withInput(Specs.withSecrets(spec, "sesame"), MUCH));

        streams.awaitErrors(SOON);

        assertThat(streams.errors().lines()).containsExactly("the key is ***");
    }

    @Test
    void aPipeThatIsHeldOpenIsNotWaitedForAfterTheLimit() throws Exception {
        StandardStreams streams = start(Specs.script("cam", "echo begun >&2; echo; exec sleep 60"));
        assertThat(streams.output().of(() -> true).read()).isEqualTo('\n');

        streams.awaitErrors(Duration.ofMillis(10));

        assertThat(process.isAlive()).isTrue();
    }
}
