package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a decoder has been silent for too long: without a first frame, or without another for
 * three seconds (five frame times at low rates). Guarded by the feed's lock.
 */
final class Silence {

    private static final Duration LEAST = Duration.ofSeconds(3);
    private static final int FRAMES = 5;

    private final Duration first;
    private final Duration next;
    private boolean streamed;
    private long last;
    private long position;

    /**
     * @param first how long the first frame may take
     * @param fps frames a second that should come
     * @param now monotonic
     * @param position bytes that were read of the decoder's output
     */
    Silence(Duration first, int fps, long now, long position) {
        Duration frames = Duration.ofMillis(FRAMES * 1000L / fps);
        this.first = first;
        this.next = frames.compareTo(LEAST) > 0 ? frames : LEAST;
        this.last = now;
        this.position = position;
    }

    /** A frame is complete. */
    void frame(long now, long bytes) {
        streamed = true;
        progress(now, bytes);
    }

    /** Another reason than silence keeps frames away. */
    void progress(long now, long bytes) {
        last = now;
        position = bytes;
    }

    boolean hasStreamed() {
        return streamed;
    }

    /**
     * @param bytes that were read of the decoder's output so far
     * @return the verdict when it is too long
     */
    Optional<Fault> judge(long now, long bytes) {
        Duration patience = streamed ? next : first;
        if (now - last <= patience.toNanos()) {
            return Optional.empty();
        }
        String missing = streamed ? "no frame for " : "no first frame within ";
        String trickle = bytes > position ? "bytes come, but " : "";
        return Optional.of(
                new Fault(Cause.TIMEOUT, trickle + missing + patience.toSeconds() + " s"));
    }
}
