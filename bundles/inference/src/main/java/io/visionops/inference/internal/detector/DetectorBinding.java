package io.visionops.inference.internal.detector;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.detect.DetectorSession;
import io.visionops.api.frame.Frame;
import io.visionops.api.time.Ticker;
import io.visionops.inference.internal.motion.MotionDetector;
import io.visionops.support.breaker.Breakers;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detector at work for one camera: the best that is there and does not fail. Used by the
 * camera's thread; {@link #release} and {@link #detector} by any.
 */
public final class DetectorBinding {

    /**
     * A detector that goes may be back in a moment, and a model takes one to load; the frames of so
     * long wait in their queue meanwhile. Another detector would find other things.
     */
    private static final long RETURN = TimeUnit.SECONDS.toNanos(2);

    /** A call that takes longer hangs. */
    static final long CALL_LIMIT = TimeUnit.SECONDS.toNanos(30);

    /** Of a detector that failed before; a call waits up to ten seconds for its turn. */
    static final long PROBE_LIMIT = TimeUnit.SECONDS.toNanos(12);

    private static final Logger LOG = LoggerFactory.getLogger(DetectorBinding.class);

    private final CameraSettings camera;
    private final BooleanSupplier withoutModels;
    private final DetectorRegistry bench;
    private final Ticker ticker;

    private final DetectorBreakers breakers;
    private final HungCalls hung;
    private final FallbackReport standIns;

    /** Null before the first call and after one that hung. */
    private volatile @Nullable DetectorThread thread;

    private long nextChoice;
    private long knownVersion = -1;

    /** Whether the last choice was made among detectors without a model. */
    private boolean modelsLeftOut;

    /** Held during every call of the session, so that the session ends between two calls. */
    private final ReentrantLock use = new ReentrantLock();

    /** Guarded by "use". */
    private @Nullable DetectorSession session;

    /** Written under "use". */
    private volatile @Nullable Detector detector;

    /** The name of the one in use, or in use last. Guarded by "use". */
    private @Nullable String name;

    /** The detector of that name is waited for until then. Guarded by "use". */
    private OptionalLong awaitedUntil = OptionalLong.empty();

    /** What the last session knew at its end. Guarded by "use". */
    private @Nullable DetectorState learned;

    /**
     * @param withoutModels whether the camera is looked at for what moves alone, whatever is
     *     configured; asked before each frame
     * @param breakers those of the part
     */
    public DetectorBinding(
            CameraSettings camera,
            DetectorRegistry bench,
            BooleanSupplier withoutModels,
            Breakers breakers,
            HungCalls hung,
            FallbackReport.Changes changes,
            Clock clock,
            Ticker ticker) {
        this.camera = camera;
        this.withoutModels = withoutModels;
        this.bench = bench;
        this.ticker = ticker;
        this.hung = hung;
        this.breakers = new DetectorBreakers(camera.name(), breakers, ticker);
        this.standIns = new FallbackReport(this.breakers, changes, clock);
        bench.join(this);
    }

    /**
     * Goes on where an earlier seat of this camera left off; to be called before the first {@link
     * #prepare}.
     *
     * @param lastName of the detector that was in use
     */
    public void goOnFrom(Optional<String> lastName, Optional<DetectorState> lastLearned) {
        use.lock();
        try {
            learned = lastLearned.orElse(null);
            if (lastName.isPresent()) {
                name = lastName.get();
                awaitReturn();
            }
        } finally {
            use.unlock();
        }
    }

    /** Guarded by "use". */
    private void awaitReturn() {
        awaitedUntil = OptionalLong.of(ticker.nanos() + RETURN);
    }

    /** The detector in use. */
    public Optional<Detector> detector() {
        return Optional.ofNullable(detector);
    }

    /** The name of the detector in use, or in use last. */
    public Optional<String> name() {
        use.lock();
        try {
            return Optional.ofNullable(name);
        } finally {
            use.unlock();
        }
    }

    /** What the session that ended last has learned. */
    public Optional<DetectorState> learned() {
        use.lock();
        try {
            return Optional.ofNullable(learned);
        } finally {
            use.unlock();
        }
    }

    /**
     * Seats the detector that should be in use now.
     *
     * @return false when there is none
     */
    public boolean prepare() {
        long now = ticker.nanos();
        boolean without = withoutModels.getAsBoolean();
        boolean changed = without != modelsLeftOut;
        modelsLeftOut = without;
        if (knownVersion == bench.version()
                && !changed
                && detector != null
                && (breakers.areClosed() || now - nextChoice < 0)) {
            return true;
        }
        breakers.retain(bench);
        while (true) {
            boolean news = changed || knownVersion != bench.version();
            knownVersion = bench.version();
            Optional<Detector> best = choose();
            if (best.isEmpty() || isAnotherAwaited(best.get(), now)) {
                stand();
                standIns.chosen(this::due, Optional.empty());
                return false;
            }
            boolean seated = best.get() == detector || seat(best.get(), news);
            // One that left while its session was opened has looked for us in vain.
            if (seated && knownVersion == bench.version()) {
                nextChoice = breakers.nextTry(now);
                standIns.chosen(this::due, best);
                return true;
            }
        }
    }

    private Optional<Detector> choose() {
        return modelsLeftOut
                ? bench.motion().filter(this::mayUse)
                : bench.choose(camera.analysis(), this::mayUse);
    }

    /** While too many calls hang none is made that may well hang too. */
    private boolean mayUse(Detector detector) {
        return breakers.mayUse(detector) && !(hung.isFull() && breakers.isProbed(detector));
    }

    /** The detector that would be in use if none failed. */
    private Optional<Detector> due() {
        return modelsLeftOut ? bench.motion() : bench.choose(camera.analysis(), any -> true);
    }

    private boolean isAnotherAwaited(Detector candidate, long now) {
        use.lock();
        try {
            if (awaitedUntil.isEmpty() || modelsLeftOut) {
                return false;
            }
            if (now - awaitedUntil.getAsLong() < 0
                    && !candidate.name().equals(name)
                    && !candidate.name().equals(camera.analysis().detector())) {
                return true;
            }
            awaitedUntil = OptionalLong.empty();
            return false;
        } finally {
            use.unlock();
        }
    }

    /**
     * Asks for the detector that is missing, so that it is loaded before those that nobody waits
     * for; to be called after {@link #prepare} found none, when there are frames to look at.
     */
    public void request() {
        String wanted = modelsLeftOut ? MotionDetector.NAME : bench.wanted(camera.analysis());
        Optional<String> missing =
                wanted.equals(DetectorRegistry.AUTO) ? name() : Optional.of(wanted);
        missing.ifPresent(one -> bench.supply().ifPresent(supply -> supply.want(one)));
    }

    /** Waits a moment for a detector; to be called after {@link #prepare} found none. */
    public void awaitDetector(long atMostNanos) throws InterruptedException {
        bench.awaitChange(knownVersion, atMostNanos);
    }

    /**
     * Shows the frame to the detector.
     *
     * @return empty when the detector has gone away since {@link #prepare}
     * @throws DetectorException when it failed, in whatever way
     */
    public Optional<List<Detection>> detect(Frame frame) throws DetectorException {
        use.lock();
        try {
            DetectorSession current = session;
            Detector one = detector;
            if (current == null || one == null || !breakers.tryAcquire(one)) {
                return Optional.empty();
            }
            List<Detection> found = detect(one, current, frame);
            breakers.worked(one);
            standIns.worked(one, this::due);
            return Optional.of(found);
        } finally {
            use.unlock();
        }
    }

    /** Guarded by "use". */
    private List<Detection> detect(Detector one, DetectorSession current, Frame frame)
            throws DetectorException {
        DetectorThread own = thread;
        if (own == null) {
            own = new DetectorThread(camera.name(), hung, ticker);
            thread = own;
        }
        try {
            return own.detect(current, frame, breakers.isProbed(one) ? PROBE_LIMIT : CALL_LIMIT);
        } catch (DetectorHungException e) {
            // Its own thread ends the session, if it ever comes back to that.
            session = null;
            detector = null;
            thread = null;
            breakers.hung(one, e);
            throw e;
        }
    }

    /**
     * Takes note that the detector failed on a frame; the third time in a row another is chosen.
     */
    public void failed(DetectorException failure) {
        Detector current = detector;
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
        return breakers.areClosed() ? Optional.empty() : due().flatMap(breakers::failure);
    }

    /** What stands in for a detector that fails. */
    public Optional<FallbackDetector> standIn() {
        return standIns.current();
    }

    /** Detectors that fail and are not asked now; to be called by any thread. */
    public Set<String> passedOver() {
        return breakers.passedOver();
    }

    /**
     * Ends the session with a detector that goes away, between two calls.
     *
     * @return false when a call took longer than the limit
     */
    boolean release(Detector leaving, long atMostNanos) {
        boolean locked = false;
        try {
            locked = use.tryLock(Math.max(0, atMostNanos), TimeUnit.NANOSECONDS);
            if (!locked) {
                LOG.warn(
                        "detector {} goes away while it works for camera {}",
                        leaving.name(),
                        camera.name());
            } else if (detector == leaving) {
                stand();
                awaitReturn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (locked) {
                use.unlock();
            }
        }
        return locked;
    }

    /** Leaves the bench to a successor; to be called by any thread. */
    void leave() {
        bench.leave(this);
        breakers.close();
    }

    /** Leaves a call that hangs, and the bench; to be called by any thread. */
    public void abandon() {
        leave();
        DetectorThread own = thread;
        if (own != null) {
            own.giveUp();
        }
    }

    /** Ends the session, if there is one, and leaves the bench. */
    public void close() {
        leave();
        stand();
        DetectorThread own = thread;
        if (own != null) {
            own.close();
            thread = null;
        }
    }

    private boolean seat(Detector candidate, boolean news) {
        stand();
        try {
            DetectorSession opened = candidate.open(camera);
            use.lock();
            try {
                if (learned != null && learned.detector().equals(candidate.name())) {
                    opened.resume(learned.document());
                }
                session = opened;
                detector = candidate;
                name = candidate.name();
            } finally {
                use.unlock();
            }
        } catch (DetectorException | RuntimeException | LinkageError e) {
            breakers.refused(candidate, e);
            return false;
        }
        if (news) {
            LOG.info("camera {}: detector {}", camera.name(), candidate.name());
        }
        return true;
    }

    private void stand() {
        use.lock();
        try {
            DetectorSession ended = session;
            session = null;
            detector = null;
            if (ended != null) {
                end(ended);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("camera {}: the end of a detector's session failed", camera.name(), e);
        } finally {
            use.unlock();
        }
    }

    /** Guarded by "use". */
    private void end(DetectorSession ended) {
        try {
            // One that learns nothing leaves what another has learned, which may come back soon.
            ended.learned()
                    .ifPresent(
                            document ->
                                    learned = new DetectorState(String.valueOf(name), document));
        } finally {
            ended.close();
        }
    }
}
