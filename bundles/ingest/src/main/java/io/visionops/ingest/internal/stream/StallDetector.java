package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Whether a decoder has been silent for too long: without a first frame, or without another for
 * three seconds (five frame times at low rates). Of key frames nobody knows how often they come:
 * three times the longest time between two is waited. Says whether the decoder was idle, so that
 * nothing comes, or busy with a stream that it makes no frames of. Guarded by the camera's lock.
 */
final class StallDetector {

    private static final Duration LEAST = Duration.ofSeconds(3);
    private static final int FRAMES = 5;
    private static final Duration KEY_FRAMES = Duration.ofSeconds(30);
    private static final Duration LEAST_KEY_FRAMES = Duration.ofSeconds(5);

    /** CPU time is looked at from then on: a decoder that starts is busy with itself. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration STARTED = Duration.ofSeconds(3);

    /** The clock of CPU time ticks in hundredths; the smallest stream takes two of them in 2 s. */
    private static final long BUSY = Duration.ofMillis(20).toNanos();

    private final Duration first;
    private final int fps;

    /** The decoder's CPU time since it is quiet. */
    private OptionalLong cpuBefore = OptionalLong.empty();

    private boolean streamed;
    private long last;
    private long position;

    /** The longest time between two key frames so far. */
    private Duration longest = Duration.ZERO;

    /**
     * @param first how long the first frame may take
     * @param fps frames a second that should come; 0 for key frames
     * @param now monotonic
     * @param position bytes that were read of the decoder's output
     */
    StallDetector(Duration first, int fps, long now, long position) {
        this.first = first;
        this.fps = fps;
        this.last = now;
        this.position = position;
    }

    /** A frame is complete. */
    void frame(long now, long bytes) {
        Duration gap = Duration.ofNanos(now - last);
        longest = streamed && gap.compareTo(longest) > 0 ? gap : longest;
        streamed = true;
        progress(now, bytes);
    }

    /** Another reason than silence keeps frames away. */
    void progress(long now, long bytes) {
        last = now;
        position = bytes;
        cpuBefore = OptionalLong.empty();
    }

    /** Frames a second that should come; 0 for key frames. */
    int expected() {
        return fps;
    }

    /** Time without a frame. */
    Duration lasts(long now) {
        return Duration.ofNanos(now - last);
    }

    boolean hasStreamed() {
        return streamed;
    }

    /**
     * @param bytes that were read of the decoder's output so far
     * @param cpu the decoder's CPU time in nanoseconds; asked for only while it is quiet
     * @return the verdict when it is too long
     */
    Optional<Fault> judge(long now, long bytes, LongSupplier cpu) {
        Duration patience = streamed ? next() : first;
        long quiet = now - last;
        if (cpuBefore.isEmpty() && quiet > (streamed ? QUIET : STARTED).toNanos()) {
            cpuBefore = OptionalLong.of(cpu.getAsLong());
        }
        if (quiet <= patience.toNanos()) {
            return Optional.empty();
        }
        String missing =
                (streamed ? "no frame for " : "no first frame within ")
                        + patience.toSeconds()
                        + " s";
        if (bytes > position) {
            return Optional.of(new Fault(Cause.TIMEOUT, "bytes come, but " + missing));
        }
        long used = cpuBefore.isPresent() ? cpu.getAsLong() - cpuBefore.getAsLong() : 0;
        return Optional.of(
                used >= BUSY
                        ? new Fault(
                                Cause.CODEC,
                                missing
                                        + " although the stream comes: its time stands still, or"
                                        + " its pictures are damaged")
                        : new Fault(Cause.TIMEOUT, missing));
    }

    private Duration next() {
        if (fps > 0) {
            Duration frames = Duration.ofMillis(FRAMES * 1000L / fps);
            return frames.compareTo(LEAST) > 0 ? frames : LEAST;
        }
        Duration thrice = longest.multipliedBy(3);
        if (longest.isZero() || thrice.compareTo(KEY_FRAMES) > 0) {
            return KEY_FRAMES;
        }
        return thrice.compareTo(LEAST_KEY_FRAMES) > 0 ? thrice : LEAST_KEY_FRAMES;
    }
}
