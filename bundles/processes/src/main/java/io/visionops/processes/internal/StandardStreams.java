package io.visionops.processes.internal;

import io.visionops.api.child.ChildSpec;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three streams of a child: its input is written and closed, its output waits for the holder,
 * its errors are drained. Thread-safe.
 */
final class StandardStreams {

    private static final Logger LOG = LoggerFactory.getLogger(StandardStreams.class);

    private final ChildSpec spec;
    private final Process process;
    private final ChildOutput output;
    private final ErrorTail errors;
    private final Thread drain;

    StandardStreams(ChildSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
        output = new ChildOutput(process.getInputStream());
        errors = new ErrorTail(new Secrets(spec.secrets()));
        drain = thread("stderr", () -> errors.drain(process.getErrorStream()));
    }

    private Thread thread(String what, Runnable work) {
        return DaemonThreads.create("visionops-processes-" + what + "-" + spec.name(), work);
    }

    /** Starts the threads of the streams; they end with the child. Called once. */
    void start() {
        drain.start();
        // A child that does not read must block neither the caller nor the other streams.
        thread("stdin", this::feed).start();
    }

    private void feed() {
        try (OutputStream input = process.getOutputStream()) {
            input.write(spec.input().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The child closed its input or died; its exit and its last lines tell why.
            LOG.debug("child {} did not take its input: {}", spec.name(), e.toString());
        }
    }

    ChildOutput output() {
        return output;
    }

    ErrorTail errors() {
        return errors;
    }

    /** Waits until all errors were read; a descendant may hold their pipe open for ever. */
    void awaitErrors(Duration limit) throws InterruptedException {
        drain.join(limit.toMillis());
    }
}
