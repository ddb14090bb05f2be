package io.visionops.ingest.internal.reachability;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.ingest.internal.config.Address;
import java.time.Duration;

/**
 * Asks one camera whether it is there while it is lost, or while its decoder has no first frame,
 * and remembers from one time to the next whether it kept silent. Guarded by the camera's lock.
 */
public final class CameraProbe {

    /** Between two questions to a camera that has just been lost. */
    private static final Duration OFTEN = Duration.ofSeconds(1);

    private static final Duration SELDOM = Duration.ofSeconds(10);

    private final ReachabilityMonitor monitor;
    private final Runnable answered;
    private ReachabilityMonitor.Watch probe = ReachabilityMonitor.NONE;

    /** The last question got no answer, perhaps before the last try: the next answer is news. */
    private boolean silent;

    /**
     * @param answered the camera answers again; called by any thread, without the camera's lock
     */
    public CameraProbe(ReachabilityMonitor monitor, Runnable answered) {
        this.monitor = monitor;
        this.answered = answered;
    }

    /**
     * It is asked again and again until it answers or until {@link #stop}.
     *
     * @param often it has just been lost
     */
    public void start(Address address, boolean often) {
        stop();
        probe = monitor.watch(address, often ? OFTEN : SELDOM, silent, answered);
    }

    public void stop() {
        if (probe != ReachabilityMonitor.NONE) {
            silent = probe.isSilent();
        }
        probe.close();
        probe = ReachabilityMonitor.NONE;
    }

    /** Frames come. */
    public void streams() {
        stop();
        silent = false;
    }

    /** It failed: a camera that said anything but nothing at all was there. */
    public void failed(Fault fault) {
        silent &= fault.cause() == Cause.TIMEOUT;
    }

    /**
     * A decoder runs and has had no first frame for a while: key frames may be rare, or the camera
     * talks without ever saying anything. It is asked a simple question, now and then.
     *
     * @return whether what it says is no answer
     */
    public boolean isConfused(Address address) {
        if (probe == ReachabilityMonitor.NONE && address.scheme() == Address.Scheme.RTSP) {
            // A camera that was silent before the decoder began and is not now has forgotten it.
            probe = monitor.watch(address, SELDOM, silent, silent ? answered : () -> {});
        }
        return probe.isConfused();
    }
}
