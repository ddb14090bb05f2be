package io.visionops.ingest.internal.stream;

import io.visionops.ingest.internal.frame.FrameRate;
import io.visionops.ingest.internal.state.StateData;
import io.visionops.ingest.internal.state.Trigger;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether frames come at the rate that they should. Thread-safe. */
final class RateWatch {

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration STATUS_WINDOW = Duration.ofSeconds(5);
    private static final double SLOW = 0.5;
    private static final double FLUENT = 0.6;

    private static final int MOST_FPS = 30;

    private final FrameRate rate = new FrameRate((int) (MOST_FPS * (WINDOW.toSeconds() + 1)));

    /** Since when frames are counted. */
    private volatile long begun;

    /** Frames from before are too few through no fault of the camera's. */
    private volatile @Nullable Long standstill;

    void arrived(long nanos) {
        rate.arrived(nanos);
    }

    /** A decoder is about to be read, another one or the same after a swap: it counts from now. */
    void begin(long now) {
        rate.reset();
        begun = now;
    }

    /** This computer did nothing for a while, up to now. */
    void stoodStill(long now) {
        standstill = now;
    }

    /** Frames a second over the last seconds, or since frames come if that is shorter. */
    double lately(StateData stateData, long now) {
        long streaming = Math.max(1_000_000_000L, counted(stateData, now));
        boolean young = stateData.isStreaming() && streaming < STATUS_WINDOW.toNanos();
        return rate.perSecond(now, young ? Duration.ofNanos(streaming) : STATUS_WINDOW);
    }

    private long counted(StateData stateData, long now) {
        return Math.min(now - stateData.since(), now - begun);
    }

    /**
     * What is to be said about the rate of a camera that has been in its state for long enough.
     *
     * @param fps frames a second that should come
     */
    Optional<Trigger> judge(StateData stateData, int fps, long now) {
        if (!stateData.isStreaming() || counted(stateData, now) < WINDOW.toNanos()) {
            return Optional.empty();
        }
        Long stoodStill = standstill;
        if (stoodStill != null && now - stoodStill < WINDOW.toNanos()) {
            return Optional.empty();
        }
        double perSecond = rate.perSecond(now, WINDOW);
        boolean slow = stateData.flow().slow();
        if (!slow && perSecond < SLOW * fps) {
            String words = "%.1f of %d frames a second";
            return Optional.of(new Trigger.Slow(String.format(Locale.ROOT, words, perSecond, fps)));
        }
        return slow && perSecond >= FLUENT * fps
                ? Optional.of(new Trigger.Fluent())
                : Optional.empty();
    }
}
