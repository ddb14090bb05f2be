package io.visionops.inference.internal.detector;

import io.visionops.api.detect.Detection;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.detect.DetectorSession;
import io.visionops.api.frame.Frame;
import io.visionops.api.time.Ticker;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.thread.DaemonThreads;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that calls the detector of one camera: one that hangs costs this thread, and the
 * camera goes on with another. One call at a time, by one caller; {@link #giveUp} by any thread. A
 * frame costs no allocation here.
 */
final class DetectorThread implements AutoCloseable {

    /** How often a call that takes long is looked at. */
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Logger LOG = LoggerFactory.getLogger(DetectorThread.class);

    private final HungCalls hung;
    private final Ticker ticker;
    private final Thread thread;

    /** Of the call at hand. Guarded by "this". */
    private @Nullable DetectorSession session;

    /** Guarded by "this". */
    private @Nullable Frame frame;

    /** Guarded by "this". */
    private @Nullable List<Detection> answer;

    /** Guarded by "this". */
    private @Nullable Throwable failure;

    /** The call at hand has come to its end. Guarded by "this". */
    private boolean over;

    /** Nobody waits for the call at hand any more. Guarded by "this". */
    private boolean abandoned;

    /** Guarded by "this". */
    private boolean closed;

    DetectorThread(String camera, HungCalls hung, Ticker ticker) {
        this.hung = hung;
        this.ticker = ticker;
        this.thread = DaemonThreads.create("visionops-inference-detect-" + camera, this::run);
        this.thread.start();
    }

    /**
     * Shows the frame to the session's detector. Whoever is interrupted passes that on to the
     * detector, and waits on: it may end the call.
     *
     * @throws DetectorHungException when it does not come back in time: this thread is lost then,
     *     and closes the session if it ever returns
     * @throws DetectorException when it failed, in whatever way
     */
    synchronized List<Detection> detect(DetectorSession current, Frame shown, long limitNanos)
            throws DetectorException {
        if (closed) {
            throw new DetectorException("nobody waits for it any more");
        }
        session = current;
        frame = shown;
        over = false;
        notifyAll();
        long begin = ticker.nanos();
        boolean interrupted = false;
        while (!over && !closed && ticker.nanos() - begin < limitNanos) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, Math.min(POLL, limitNanos));
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!over) {
            abandon(current);
            throw new DetectorHungException(ticker.nanos() - begin);
        }
        return result();
    }

    /** Guarded by "this". */
    private void abandon(DetectorSession current) {
        abandoned = true;
        closed = true;
        hung.begin();
        try {
            current.abandon();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("a detector that hangs has not given back what it holds", e);
        }
    }

    /** Guarded by "this". */
    private List<Detection> result() throws DetectorException {
        List<Detection> found = answer;
        Throwable thrown = failure;
        answer = null;
        failure = null;
        if (thrown instanceof DetectorException expected) {
            throw expected;
        }
        if (thrown instanceof Error error && !(thrown instanceof LinkageError)) {
            throw error;
        }
        if (thrown != null) {
            throw new DetectorException("the detector broke: " + thrown, thrown);
        }
        if (found == null) {
            throw new DetectorException("the detector broke: it answers nothing");
        }
        return found;
    }

    /** Does not wait for the call under way any longer, as if its time were over. */
    synchronized void giveUp() {
        closed = true;
        notifyAll();
    }

    /** Ends the thread; to be called between two calls. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void run() {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = callOnce();
        }
    }

    private boolean callOnce() {
        DetectorSession current = awaitCall();
        if (current == null) {
            return false;
        }
        List<Detection> found = null;
        Throwable thrown = null;
        try {
            found = current.detect(frame());
        } catch (Throwable e) {
            // Whoever waits for the call judges it.
            thrown = e;
        }
        return finish(current, found, thrown);
    }

    private synchronized @Nullable DetectorSession awaitCall() {
        // Meant for the call before.
        Thread.interrupted();
        while (session == null && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Likewise.
            }
        }
        return session;
    }

    private synchronized Frame frame() throws DetectorException {
        if (frame == null) {
            throw new DetectorException("there is no frame");
        }
        return frame;
    }

    private boolean finish(
            DetectorSession current, @Nullable List<Detection> found, @Nullable Throwable thrown) {
        synchronized (this) {
            session = null;
            frame = null;
            if (!abandoned) {
                answer = found;
                failure = thrown;
                over = true;
                notifyAll();
                return true;
            }
        }
        hung.end();
        LOG.warn("a call of a detector that hung has come back");
        if (thrown != null) {
            MachineErrors.endIf(thrown);
        }
        try {
            current.close();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("the end of a session that hung failed", e);
        }
        return false;
    }
}
