package io.visionops.inference.internal.detector;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.detect.Detection;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.detect.DetectorSession;
import io.visionops.api.frame.Frame;
import io.visionops.api.time.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session that one camera has with the detector in use; and what a session leaves behind at its
 * end: the detector's name, and what it has learned. Opened and asked by the camera's thread, ended
 * by any, between two calls.
 */
final class BoundSession {

    /**
     * A detector that goes may be back in a moment, and a model takes one to load; the frames of so
     * long wait in their queue meanwhile. Another detector would find other things.
     */
    private static final long RETURN = TimeUnit.SECONDS.toNanos(2);

    /** A call that takes longer hangs. */
    static final long CALL_LIMIT = TimeUnit.SECONDS.toNanos(30);

    /** Of a detector that failed before; a call waits up to ten seconds for its turn. */
    static final long PROBE_LIMIT = TimeUnit.SECONDS.toNanos(12);

    private static final Logger LOG = LoggerFactory.getLogger(BoundSession.class);

    private final CameraSettings camera;
    private final DetectorBreakers breakers;
    private final HungCalls hung;
    private final Ticker ticker;

    /** Null before the first call and after one that hung. */
    private volatile @Nullable DetectorThread thread;

    /** Held during every call of the session, so that the session ends between two calls. */
    private final ReentrantLock use = new ReentrantLock();

    /** Guarded by "use". */
    private @Nullable DetectorSession session;

    /** Written under "use"; not null by the camera's thread alone. */
    private volatile @Nullable Detector detector;

    /** The name of the one in use, or in use last. Guarded by "use". */
    private @Nullable String name;

    /** The detector of that name is waited for until then. Guarded by "use". */
    private OptionalLong awaitedUntil = OptionalLong.empty();

    /** What the last session knew at its end. Guarded by "use". */
    private @Nullable DetectorState learned;

    BoundSession(CameraSettings camera, DetectorBreakers breakers, HungCalls hung, Ticker ticker) {
        this.camera = camera;
        this.breakers = breakers;
        this.hung = hung;
        this.ticker = ticker;
    }

    /** Goes on with what an earlier session of this camera left behind. */
    void goOnFrom(Optional<String> lastName, Optional<DetectorState> lastLearned) {
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

    /** The detector in use; null when there is none. */
    @Nullable Detector detector() {
        return detector;
    }

    /** The name of the detector in use, or in use last. */
    Optional<String> name() {
        use.lock();
        try {
            return Optional.ofNullable(name);
        } finally {
            use.unlock();
        }
    }

    /** What the session that ended last has learned. */
    Optional<DetectorState> learned() {
        use.lock();
        try {
            return Optional.ofNullable(learned);
        } finally {
            use.unlock();
        }
    }

    /**
     * Whether to wait for the detector in use last instead of using the candidate. Once it is not
     * waited for, it is no more.
     */
    boolean isAnotherAwaited(Detector candidate, long now) {
        use.lock();
        try {
            if (awaitedUntil.isEmpty()) {
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
     * Ends the session, if there is one, and begins one with another detector, which goes on with
     * what it has learned before.
     *
     * @return false when it cannot serve the camera
     */
    boolean open(Detector candidate) {
        end();
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
        return true;
    }

    /**
     * Shows the frame to the detector.
     *
     * @return empty when the session has ended, or the detector may not be asked
     * @throws DetectorException when it failed, in whatever way
     */
    Optional<List<Detection>> detect(Frame frame) throws DetectorException {
        use.lock();
        try {
            DetectorSession current = session;
            Detector one = detector;
            if (current == null || one == null || !breakers.tryAcquire(one)) {
                return Optional.empty();
            }
            List<Detection> found = detect(one, current, frame);
            breakers.worked(one);
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
                end();
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

    /** Ends the session, if there is one. */
    void end() {
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

    /** Does not wait for a call that hangs any longer. */
    void abandon() {
        DetectorThread own = thread;
        if (own != null) {
            own.giveUp();
        }
    }

    /** Ends the session, if there is one, and the thread that asks. */
    void close() {
        end();
        DetectorThread own = thread;
        if (own != null) {
            own.close();
            thread = null;
        }
    }
}
