package io.visionops.updater.internal.install;

import io.visionops.api.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** How long bundles of ours were away while this listens. Thread-safe. */
final class Downtime implements SynchronousBundleListener, AutoCloseable {

    private final BundleContext context;
    private final Ticker ticker;

    /** Guarded by "this". */
    private final Map<Bundle, Long> away = new HashMap<>();

    /** Guarded by "this". */
    private Optional<Duration> longest = Optional.empty();

    Downtime(BundleContext context, Ticker ticker) {
        this.context = context;
        this.ticker = ticker;
        context.addBundleListener(this);
    }

    @Override
    public synchronized void bundleChanged(BundleEvent event) {
        if (!String.valueOf(event.getBundle().getSymbolicName()).startsWith("io.visionops.")) {
            return;
        }
        if (event.getType() == BundleEvent.STOPPING) {
            away.putIfAbsent(event.getBundle(), ticker.nanos());
        } else if (event.getType() == BundleEvent.STARTED) {
            Long since = away.remove(event.getBundle());
            if (since != null) {
                Duration took = Duration.ofNanos(ticker.nanos() - since);
                longest = Optional.of(longest.filter(one -> one.compareTo(took) > 0).orElse(took));
            }
        }
    }

    /** The longest of all; empty while none has come back. */
    synchronized Optional<Duration> longest() {
        return longest;
    }

    @Override
    public void close() {
        context.removeBundleListener(this);
    }
}
