package io.visionops.ingest.internal.connect;

import io.visionops.api.camera.Fault;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.Address;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Spreads the starts of decoders: the first ones at once, then so many a second over all cameras. A
 * decoder that starts costs a core for some tenths of a second. Thread-safe.
 */
public final class StartRateLimiter implements ConnectLimiter {

    private final Ticker ticker;

    /** Guarded by "this". */
    private long interval;

    /** Guarded by "this". */
    private long burst;

    /** Cameras that wait for their turn, and when it is. Guarded by "this". */
    private final Map<String, Long> turns = new HashMap<>();

    /** When the next start would be due if all came evenly. Guarded by "this". */
    private long even;

    /**
     * @param perSecond starts over all cameras
     * @param atOnce starts that need not wait after a quiet time
     */
    public StartRateLimiter(Ticker ticker, int perSecond, int atOnce) {
        this.ticker = ticker;
        pace(perSecond, atOnce);
        this.even = ticker.nanos() - burst;
    }

    /** Another pace, for who has no turn yet. */
    public final synchronized void pace(int perSecond, int atOnce) {
        interval = 1_000_000_000L / perSecond;
        burst = interval * (atOnce - 1);
    }

    @Override
    public synchronized Duration hold(String camera, Address address) {
        long now = ticker.nanos();
        Long turn = turns.get(camera);
        if (turn == null) {
            even = Math.max(even, now - burst);
            turn = even;
            even += interval;
            turns.put(camera, turn);
        }
        if (turn - now > 0) {
            return Duration.ofNanos(turn - now);
        }
        turns.remove(camera);
        return Duration.ZERO;
    }

    @Override
    public void lost(String camera, Address address, Fault fault, boolean own) {}

    @Override
    public void well(String camera) {}
}
