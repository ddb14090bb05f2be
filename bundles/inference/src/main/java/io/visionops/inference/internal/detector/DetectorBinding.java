package io.visionops.inference.internal.detector;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.frame.Frame;
import io.visionops.api.time.Ticker;
import io.visionops.support.breaker.Breakers;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detector at work for one camera: the best that is there and does not fail. {@link
 * DetectorChoice} says which that is, {@link BoundSession} is what the camera has with it. Used by
 * the camera's thread; {@link #detector}, {@link #standIn}, {@link #passedOver} and {@link
 * #abandon} by any.
 */
public final class DetectorBinding {

    private static final Logger LOG = LoggerFactory.getLogger(DetectorBinding.class);

    private final CameraSettings camera;
    private final DetectorRegistry registry;
    private final Ticker ticker;
    private final DetectorBreakers breakers;
    private final DetectorChoice choice;
    private final BoundSession session;
    private final FallbackReport standIns;

    private long nextChoice;
    private long knownVersion = -1;

    /**
     * @param withoutModels whether the camera is looked at for what moves alone, whatever is
     *     configured; asked before each frame
     * @param breakers those of the part
     */
    public DetectorBinding(
            CameraSettings camera,
            DetectorRegistry registry,
            BooleanSupplier withoutModels,
            Breakers breakers,
            HungCalls hung,
            FallbackReport.Changes changes,
            Clock clock,
            Ticker ticker) {
        this.camera = camera;
        this.registry = registry;
        this.ticker = ticker;
        this.breakers = new DetectorBreakers(camera.name(), breakers, ticker);
        this.choice =
                new DetectorChoice(camera.analysis(), registry, withoutModels, this.breakers, hung);
        this.session = new BoundSession(camera, this.breakers, hung, ticker);
        this.standIns = new FallbackReport(this.breakers, changes, clock);
        registry.join(session);
    }

    /**
     * Goes on where an earlier seat of this camera left off; to be called before the first {@link
     * #prepare}.
     *
     * @param lastName of the detector that was in use
     */
    public void goOnFrom(Optional<String> lastName, Optional<DetectorState> lastLearned) {
        session.goOnFrom(lastName, lastLearned);
    }

    /** The detector in use. */
    public Optional<Detector> detector() {
        return Optional.ofNullable(session.detector());
    }

    /** The name of the detector in use, or in use last. */
    public Optional<String> name() {
        return session.name();
    }

    /** What the session that ended last has learned. */
    public Optional<DetectorState> learned() {
        return session.learned();
    }

    /**
     * Seats the detector that should be in use now.
     *
     * @return false when there is none
     */
    public boolean prepare() {
        long now = ticker.nanos();
        boolean changed = choice.look();
        if (knownVersion == registry.version()
                && !changed
                && session.detector() != null
                && (breakers.areClosed() || now - nextChoice < 0)) {
            return true;
        }
        breakers.retain(registry::has);
        while (true) {
            boolean news = changed || knownVersion != registry.version();
            knownVersion = registry.version();
            Optional<Detector> best = choice.best();
            if (best.isEmpty() || isAnotherAwaited(best.get(), now)) {
                session.end();
                standIns.chosen(choice::due, Optional.empty());
                return false;
            }
            boolean seated = best.get() == session.detector() || seat(best.get(), news);
            // One that left while its session was opened has looked for us in vain.
            if (seated && knownVersion == registry.version()) {
                nextChoice = breakers.nextTry(now);
                standIns.chosen(choice::due, best);
                return true;
            }
        }
    }

    private boolean isAnotherAwaited(Detector candidate, long now) {
        return !choice.isWithoutModels() && session.isAnotherAwaited(candidate, now);
    }

    private boolean seat(Detector candidate, boolean news) {
        boolean seated = session.open(candidate);
        if (seated && news) {
            LOG.info("camera {}: detector {}", camera.name(), candidate.name());
        }
        return seated;
    }

    /**
     * Asks for the detector that is missing, so that it is loaded before those that nobody waits
     * for; to be called after {@link #prepare} found none, when there are frames to look at.
     */
    public void request() {
        choice.wanted()
                .or(session::name)
                .ifPresent(one -> registry.supply().ifPresent(supply -> supply.want(one)));
    }

    /** Waits a moment for a detector; to be called after {@link #prepare} found none. */
    public void awaitDetector(long atMostNanos) throws InterruptedException {
        registry.awaitChange(knownVersion, atMostNanos);
    }

    /**
     * Shows the frame to the detector.
     *
     * @return empty when the detector has gone away since {@link #prepare}
     * @throws DetectorException when it failed, in whatever way
     */
    public Optional<List<Detection>> detect(Frame frame) throws DetectorException {
        // Another thread may end the session, but none begins one meanwhile.
        Detector asked = session.detector();
        if (asked == null) {
            return Optional.empty();
        }
        Optional<List<Detection>> found = session.detect(frame);
        if (found.isPresent()) {
            standIns.worked(asked, choice::due);
        }
        return found;
    }

    /**
     * Takes note that the detector failed on a frame; the third time in a row another is chosen.
     */
    public void failed(DetectorException failure) {
        Detector current = session.detector();
        if (current == null) {
            return;
        }
        if (breakers.failed(current, failure)) {
            // Makes the next prepare() choose again.
            nextChoice = ticker.nanos();
        }
    }

    /** What a detector that should be at work fails with; for the camera's thread. */
    public Optional<String> failure() {
        return breakers.areClosed() ? Optional.empty() : choice.due().flatMap(breakers::failure);
    }

    /** What stands in for a detector that fails. */
    public Optional<FallbackDetector> standIn() {
        return standIns.current();
    }

    /** Detectors that fail and are not asked now; to be called by any thread. */
    public Set<String> passedOver() {
        return breakers.passedOver();
    }

    /** The registry ends no session of this camera any more. May be called again. */
    private void leave() {
        registry.leave(session);
        breakers.close();
    }

    /** Leaves a call that hangs, and the registry; to be called by any thread. */
    public void abandon() {
        leave();
        session.abandon();
    }

    /** Ends the session, if there is one, and leaves the registry. */
    public void close() {
        leave();
        session.close();
    }
}
