package io.visionops.inference.internal.pipeline;

import io.visionops.api.camera.Fault;
import io.visionops.api.time.Ticker;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a camera what is wrong with its analysis: at once when nothing is, and a fault when it has
 * lasted, so that a detector that is being replaced or loaded is none. Used by one thread.
 */
final class FaultReport {

    /** Longer than a detector that goes is waited for. */
    private static final long LASTING = TimeUnit.SECONDS.toNanos(5);

    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(250);

    private final Consumer<Optional<Fault>> camera;
    private final Ticker ticker;

    /** Null before the first word. */
    private volatile @Nullable Optional<Fault> told;

    /** At the last look. */
    private Optional<Fault> before = Optional.empty();

    /** When it was last well, or still being loaded. */
    private long well;

    private long next;

    FaultReport(Consumer<Optional<Fault>> camera, Ticker ticker) {
        this.camera = camera;
        this.ticker = ticker;
        this.well = ticker.nanos();
        this.next = well;
    }

    /** What was told last; to be called by any thread. */
    Optional<Fault> told() {
        Optional<Fault> last = told;
        return last == null ? Optional.empty() : last;
    }

    /**
     * To be called often.
     *
     * @param loading detectors may still come
     * @param diagnosis what is wrong now
     */
    void tick(boolean loading, Supplier<Optional<Fault>> diagnosis) {
        long now = ticker.nanos();
        if (now - next < 0) {
            return;
        }
        next = now + INTERVAL;
        Optional<Fault> fault = diagnosis.get();
        if (fault.isEmpty() || loading) {
            well = now;
        }
        boolean lasts = fault.equals(before) && now - well >= LASTING;
        before = fault;
        if (!fault.equals(told) && (fault.isEmpty() || lasts)) {
            told = fault;
            camera.accept(fault);
        }
    }
}
