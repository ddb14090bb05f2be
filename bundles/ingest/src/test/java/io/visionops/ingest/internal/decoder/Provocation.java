package io.visionops.ingest.internal.decoder;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Source;
import io.visionops.api.child.Child;
import io.visionops.api.child.ChildProcesses;
import io.visionops.ingest.internal.config.Address;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs the decoder against one fault, as a camera's feed does, and takes down what it says.
 *
 * @param cause what a reader of its words should conclude
 * @param permanent whether somebody has to correct something
 */
record Provocation(
        String name, String fault, String server, String url, Cause cause, boolean permanent) {

    private static final int FPS = 5;
    private static final int WIDTH = 640;
    private static final int FRAMES_BEFORE = 8;
    private static final Duration FIRST_FRAME = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofMillis(300);

    /** For faults that only show after a while; by then all of them have. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** What happens in mid-stream. */
    @FunctionalInterface
    interface Deed {
        void to(Child decoder) throws Exception;
    }

    Sample sample(ChildProcesses processes, DecoderProgram program) throws Exception {
        return run(processes, program, Source.Transport.TCP, null);
    }

    Sample overUdp(ChildProcesses processes, DecoderProgram program) throws Exception {
        return run(processes, program, Source.Transport.UDP, null);
    }

    Sample inMidStream(ChildProcesses processes, DecoderProgram program, Deed deed)
            throws Exception {
        return run(processes, program, Source.Transport.TCP, deed);
    }

    private Sample run(
            ChildProcesses processes, DecoderProgram program, Source.Transport transport, Deed deed)
            throws Exception {
        Source source = new Source(url, List.of(), Source.Pace.NATIVE, false, transport);
        DecoderCommand command = new DecoderCommand(program, source, FPS, WIDTH);
        Child child =
                processes.start(command.spec("sample", Address.parse("url", url), transport, true));
        AtomicLong frames = new AtomicLong();
        AtomicLong progress = new AtomicLong(System.nanoTime());
        Thread reader = new Thread(() -> read(child, frames, progress), "visionops-ingest-sample");
        reader.start();
        long began = System.nanoTime();
        boolean due = deed != null;
        boolean ended = true;
        while (!child.exit().isDone()) {
            if (due && frames.get() >= FRAMES_BEFORE) {
                deed.to(child);
                due = false;
            }
            Duration patience = frames.get() == 0 ? FIRST_FRAME : SILENCE;
            long now = System.nanoTime();
            if (now - progress.get() > patience.toNanos() || now - began > LONGEST.toNanos()) {
                ended = false;
                child.end(GRACE);
            }
            awaitBriefly(child);
        }
        reader.join();
        return new Sample(
                name,
                fault,
                server,
                cause,
                permanent,
                child.exit().get(),
                frames.get() > 0,
                ended,
                child.errorLines().stream().map(Provocation::alike).toList());
    }

    private static void awaitBriefly(Child child) throws Exception {
        try {
            child.exit().get(50, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Then the next look is due.
        }
    }

    private static void read(Child child, AtomicLong frames, AtomicLong progress) {
        try {
            FrameStream stream = new FrameStream(child.output());
            ByteBuffer memory = ByteBuffer.allocate(stream.size().bytes());
            while (stream.next(memory)) {
                frames.incrementAndGet();
                progress.set(System.nanoTime());
            }
        } catch (IOException e) {
            // It is the words that count here.
        }
    }

    /** Without what differs from one run to the next. */
    private static String alike(String line) {
        return line.replaceAll("0x[0-9a-f]{6,}", "0x0")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:554")
                .replaceAll("/\\S*/([\\w.-]+\\.(?:mp4|txt))", "/media/$1");
    }
}
