package io.visionops.console.internal;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.visionops.api.time.Ticker;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters of all parts, and this one's own. Needs no framework. Thread-safe. */
final class Meters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Meters.class);

    private final Ticker ticker;
    private final PrometheusMeterRegistry prometheus =
            new PrometheusMeterRegistry(
                    PrometheusConfig.DEFAULT, new GuardedCollectors(), Clock.SYSTEM);
    private final PartRegistry own = new PartRegistry(prometheus);
    private final JvmMeters jvm = new JvmMeters();
    private final Timer duration;
    private final BuildInfo buildInfo;

    /** Guarded by "this". */
    private final Map<MeterBinder, PartRegistry> parts = new IdentityHashMap<>();

    /** Guarded by "this". */
    private boolean closed;

    /**
     * @param active asked at each scrape
     */
    Meters(Supplier<Set<BuildInfo.Part>> active, Ticker ticker) {
        this.ticker = ticker;
        own.bind(jvm);
        buildInfo = new BuildInfo(active, own.registry());
        duration =
                Timer.builder("visionops.scrape.duration")
                        .description("How long it took to collect all metrics")
                        .register(own.registry());
    }

    /**
     * Shows the meters of a part from now on. One that throws is logged, and its part has no
     * meters.
     *
     * @param from for the log
     */
    synchronized void add(MeterBinder binder, String from) {
        if (closed) {
            return;
        }
        PartRegistry registry = new PartRegistry(prometheus);
        try {
            registry.bind(binder);
            parts.put(binder, registry);
        } catch (RuntimeException | LinkageError e) {
            registry.close();
            LOG.warn("the metrics of {} are left out: {} fails", from, binder.getClass(), e);
        }
    }

    synchronized void remove(MeterBinder binder) {
        PartRegistry registry = parts.remove(binder);
        if (registry != null) {
            registry.close();
        }
    }

    /** In the text format of Prometheus; one call at a time. */
    String scrape() {
        long begin = ticker.nanos();
        buildInfo.update();
        String text = prometheus.scrape();
        duration.record(ticker.nanos() - begin, TimeUnit.NANOSECONDS);
        return text;
    }

    @Override
    public synchronized void close() {
        closed = true;
        parts.values().forEach(PartRegistry::close);
        parts.clear();
        jvm.close();
        own.close();
        prometheus.close();
    }
}
