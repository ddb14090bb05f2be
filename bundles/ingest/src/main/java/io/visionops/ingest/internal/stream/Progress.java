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

    private final DecoderSettings settings;
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

    Progress(DecoderSettings settings, FrameRing ring, Clock clock) {
        this.settings = settings;
        this.ring = ring;
        this.times = new FrameTimes(settings, clock);
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

    /**
     * A decoder is about to be read, where there was none.
     *
     * @param film what is known of the time of a file
     * @param missed pictures that a reader who vanished without a word has taken from the decoder
     */
    void begin(boolean adopted, Film film, long missed, long now) {
        times.use(film);
        passed += missed;
        launches += adopted ? 0 : 1;
        if (anew) {
            passed = 0;
            anew = false;
        }
        times.begin(adopted || settings.isAsap() && passed > 0, now);
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
        last = settings.isAsap() ? clock.instant() : at;
        lastNanos = completed;
        return at;
    }

    /** The ring has taken it. */
    void taken() {
        passed++;
    }

    /** Pictures at the beginning of a new decoder that have been seen. */
    long seen() {
        return settings.isAsap() ? passed : 0;
    }

    /** A file begins anew; until then it is known how much of it was seen. */
    void rewind() {
        anew = true;
    }

    /**
     * Frames whose fate is open, which a new decoder of a file read in order has to bring again.
     */
    int unread() {
        return settings.isAsap() ? ring.counts().waiting() : 0;
    }

    /** What a successor must know of a decoder that runs. */
    Handover.Running running(Decoder decoder) {
        return new Handover.Running(
                decoder.child().name(),
                decoder.child().process().pid(),
                size,
                decoder.stream().header(),
                decoder.child().position(),
                decoder.endpoint(),
                decoder.level());
    }

    /** How long ago the last frame was complete. */
    Duration sinceLast(long now) {
        return Duration.ofNanos(now - lastNanos);
    }

    Optional<Trigger> judgeRate(StateData stateData, int expected, long now) {
        return settings.isAsap() || expected == 0
                ? Optional.empty()
                : rate.judge(stateData, expected, now);
    }

    CameraStatus status(StateData stateData, Instant since, String maskedUrl, long now) {
        return new CameraStatus(
                settings.camera(),
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

    /** Frames of a file read in order that the ring has taken. */
    long passed() {
        return passed;
    }

    /** What the times of frames go on from; empty before the first frame. */
    Optional<Instant> origin() {
        return times.known();
    }

    /** Decoders started so far. */
    long launches() {
        return launches;
    }
}
