package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import io.visionops.ingest.internal.frame.FrameRing;
import io.visionops.ingest.internal.handover.Handover;
import io.visionops.ingest.internal.state.StateData;
import io.visionops.ingest.internal.state.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has come of a camera so far. Guarded by the lock of {@link StreamState}. */
final class Progress {

    private final DecoderSettings plan;
    private final FrameRing ring;
    private final RateWatch rate = new RateWatch();
    private final FrameTimes times;
    private final Clock clock;
    private long launches;
    private Size size = new Size(0, 0);
    private @Nullable Instant last;
    private long lastNanos;

    /** Frames of a file read asap that the ring has taken; a new decoder begins after them. */
    private long passed;

    /** The next decoder reads a file from its beginning. */
    private boolean anew;

    Progress(DecoderSettings plan, FrameRing ring, Clock clock) {
        this.plan = plan;
        this.ring = ring;
        this.times = new FrameTimes(plan, clock);
        this.clock = clock;
    }

    void continueFrom(Handover handover) {
        launches = handover.launches();
        passed = handover.passed();
        anew = handover.stateData().state() == CameraState.IDLE;
        times.continueFrom(handover.origin());
        ring.continueAfter(handover.sequence());
        ring.continueFrom(handover.counts());
    }

    /** What is known of the film that the next decoder reads. */
    void film(Film film) {
        times.use(film);
    }

    /** Pictures that a reader who vanished without a word has taken from the decoder. */
    void missed(long pictures) {
        passed += pictures;
    }

    /** A decoder is about to be read, where there was none. */
    void begin(boolean adopted, long now) {
        launches += adopted ? 0 : 1;
        if (anew) {
            passed = 0;
            anew = false;
        }
        times.begin(adopted || plan.isAsap() && passed > 0, now);
        rate.begin(now);
    }

    /** This computer did nothing for a while. */
    void stoodStill(long now) {
        rate.stoodStill(now);
    }

    /** Frames come from another decoder, which counts from its own beginning. */
    void changedOver(long now) {
        rate.begin(now);
    }

    /** Returns the time of the frame. */
    Instant frame(Size pictures, long completed) {
        rate.arrived(completed);
        Instant at = times.of(passed, completed);
        size = pictures;
        last = plan.isAsap() ? clock.instant() : at;
        lastNanos = completed;
        return at;
    }

    /** The ring has taken it. */
    void taken() {
        passed++;
    }

    /** Pictures at the beginning of a new decoder that have been seen. */
    long seen() {
        return plan.isAsap() ? passed : 0;
    }

    /** A file begins anew; until then it is known how much of it was seen. */
    void rewind() {
        anew = true;
    }

    /**
     * Frames whose fate is open, which a new decoder of a file read in order has to bring again.
     */
    int unread() {
        return plan.isAsap() ? ring.counts().waiting() : 0;
    }

    Size size() {
        return size;
    }

    /** How long ago the last frame was complete. */
    Duration sinceLast(long now) {
        return Duration.ofNanos(now - lastNanos);
    }

    Optional<Trigger> judgeRate(StateData stateData, int expected, long now) {
        return plan.isAsap() || expected == 0
                ? Optional.empty()
                : rate.judge(stateData, expected, now);
    }

    CameraStatus status(StateData stateData, Instant since, String maskedUrl, long now) {
        return new CameraStatus(
                plan.camera(),
                stateData.state(),
                since,
                stateData.fault(),
                rate.lately(stateData, now),
                size.width(),
                size.height(),
                Optional.ofNullable(last),
                Math.max(0, launches - 1),
                stateData.misses().failures(),
                maskedUrl);
    }

    /**
     * @param running left to a successor
     * @param unread frames in the ring that nobody took: of a file read in order a new decoder has
     *     to bring them again
     */
    Handover handover(
            Optional<Handover.Running> running,
            StateDriver driver,
            int unread,
            StateData stateData,
            Handover.Wish wish) {
        int again = plan.isAsap() ? unread : 0;
        return new Handover(
                again > 0 ? Optional.empty() : running,
                stateData,
                driver.since(),
                driver.endpoints(),
                ring.sequence() - again,
                ring.counts(),
                passed - again,
                times.known(),
                launches,
                driver.hasStreamed(),
                wish);
    }
}
