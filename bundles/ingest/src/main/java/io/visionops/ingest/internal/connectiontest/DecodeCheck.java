package io.visionops.ingest.internal.connectiontest;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.child.Child;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.child.ChildSpec;
import io.visionops.ingest.internal.decoder.FfmpegErrorClassifier;
import io.visionops.ingest.internal.decoder.FrameStream;
import io.visionops.support.network.Deadline;
import io.visionops.support.network.TimeLimited;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of the decoder, which is always ended. Used by one thread. */
final class DecodeCheck {

    /** What has waited while the stream was being probed comes at once. */
    private static final Duration BURST = Duration.ofMillis(500);

    /** How long frames are counted, after the first and those that come with it. */
    private static final Duration COUNTED = Duration.ofSeconds(3);

    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration EXIT = Duration.ofSeconds(2);

    /** ffmpeg's description of what it found. */
    private static final Pattern STREAM =
            Pattern.compile(
                    "Stream #0:\\d+.*: Video:"
                            + " (?!wrapped_avframe)(\\w+).*?\\b(\\d{2,5}x\\d{2,5})\\b(?:.*?(\\d{1,6}(?:\\.\\d{1,6})?)"
                            + " fps)?");

    private final Child child;
    private final Deadline deadline;
    private final Deadline whole;
    private String described = "";

    /**
     * What came of it.
     *
     * @param described codec, size and rate, as far as the decoder said them; may be empty
     * @param first how long the first whole picture took; empty when none came
     * @param size of that picture
     * @param perSecond pictures, afterwards; empty when there was no time to count them
     * @param packets whether the decoder got any of the stream
     * @param fault why there was no picture; empty when there was one
     */
    record Seen(
            String described,
            Optional<Duration> first,
            Optional<FrameStream.Size> size,
            Optional<Double> perSecond,
            boolean packets,
            Optional<Fault> fault) {}

    private DecodeCheck(Child child, Deadline deadline, Deadline whole) {
        this.child = child;
        this.deadline = deadline;
        this.whole = whole;
    }

    /**
     * @param deadline of the first picture
     * @param whole of all of it
     * @throws IOException when the decoder cannot be started
     */
    static Seen run(ChildProcesses processes, ChildSpec spec, Deadline deadline, Deadline whole)
            throws IOException {
        Child child = processes.start(talkative(spec));
        try {
            return new DecodeCheck(child, deadline, whole).watch();
        } finally {
            child.end(Duration.ZERO);
        }
    }

    /** With a line for each step of each packet and picture: where it stops is what fails. */
    private static ChildSpec talkative(ChildSpec spec) {
        List<String> command = new ArrayList<>(spec.command());
        command.add(1, "-debug_ts");
        return new ChildSpec(
                spec.name(),
                command,
                spec.environment(),
                spec.folder(),
                spec.input(),
                spec.secrets());
    }

    private Seen watch() {
        long began = deadline.ticker().nanos();
        try {
            FrameStream frames = new FrameStream(child.output());
            FrameStream.Size size = TimeLimited.call(frames::size, deadline);
            described = described();
            ByteBuffer memory = ByteBuffer.allocate(size.bytes());
            if (!TimeLimited.call(() -> frames.next(memory), deadline)) {
                throw new IOException("the stream ended before a whole picture");
            }
            Duration first = Duration.ofNanos(deadline.ticker().nanos() - began);
            return new Seen(
                    described.isEmpty() ? described() : described,
                    Optional.of(first),
                    Optional.of(size),
                    rate(frames, memory),
                    true,
                    Optional.empty());
        } catch (IOException e) {
            child.end(GRACE);
            int exit = exit();
            List<String> lines = child.errorLines();
            Fault fault =
                    e instanceof SocketTimeoutException
                            ? FfmpegErrorClassifier.ofSilence(
                                    new Fault(Cause.TIMEOUT, "no picture came in time"),
                                    lines,
                                    false)
                            : FfmpegErrorClassifier.of(exit, lines, false);
            return new Seen(
                    described.isEmpty() ? described() : described,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    lines.stream().anyMatch(line -> line.contains("demuxer -> ")),
                    Optional.of(fault));
        }
    }

    /** Frames a second; empty when there is not enough time left, or the stream has ended. */
    private Optional<Double> rate(FrameStream frames, ByteBuffer memory) throws IOException {
        Deadline burst = whole.atMost(BURST);
        Deadline until = whole.atMost(BURST.plus(COUNTED));
        AtomicInteger counted = new AtomicInteger();
        long began = deadline.ticker().nanos();
        try {
            TimeLimited.call(
                    () -> {
                        while (!until.isPast() && frames.next(memory)) {
                            counted.addAndGet(burst.isPast() ? 1 : 0);
                        }
                        return counted;
                    },
                    until);
        } catch (SocketTimeoutException e) {
            // That is how counting ends when the next picture is late.
        }
        double seconds = (deadline.ticker().nanos() - began - BURST.toNanos()) / 1e9;
        return seconds < COUNTED.toSeconds() * 0.9
                ? Optional.empty()
                : Optional.of(counted.get() / seconds);
    }

    private int exit() {
        try {
            return child.exit().get(EXIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // What it said so far has to do.
        }
        return 0;
    }

    private String described() {
        return described(child.errorLines());
    }

    /** Codec, size and rate of the first stream that it tells of; or empty. */
    static String described(List<String> lines) {
        for (String line : lines) {
            Matcher stream = STREAM.matcher(line);
            if (stream.find()) {
                String rate = stream.group(3) == null ? "" : ", " + stream.group(3) + " fps";
                return stream.group(1) + " " + stream.group(2) + rate;
            }
        }
        return "";
    }
}
