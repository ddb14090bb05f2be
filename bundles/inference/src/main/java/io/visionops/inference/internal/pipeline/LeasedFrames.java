package io.visionops.inference.internal.pipeline;

import io.visionops.api.camera.Camera;
import io.visionops.api.frame.FrameLease;
import io.visionops.api.frame.LeaseException;
import io.visionops.api.time.Ticker;
import io.visionops.support.log.LogLimit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The frames of one camera, leased from their first use until this is closed. Thread-safe. */
final class LeasedFrames implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeasedFrames.class);

    private final Camera camera;
    private final Ticker ticker;

    // All below is guarded by "this".
    private final LogLimit logLimit = new LogLimit();
    private @Nullable FrameLease lease;
    private boolean closed;

    LeasedFrames(Camera camera, Ticker ticker) {
        this.camera = camera;
        this.ticker = ticker;
    }

    /** Null while another consumer has the frames, and when this is closed. */
    synchronized @Nullable FrameLease get() {
        if (lease == null && !closed) {
            try {
                lease = camera.leaseFrames();
            } catch (LeaseException e) {
                if (logLimit.allows(ticker.nanos())) {
                    LOG.warn("not analysed: {}", e.getMessage());
                }
            }
        }
        return lease;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (lease != null) {
            lease.close();
            lease = null;
        }
    }
}
