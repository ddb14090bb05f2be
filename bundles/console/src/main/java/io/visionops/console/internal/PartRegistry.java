package io.visionops.console.internal;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;

/** The meters of one binder, in a registry of their own so that they go together. Thread-safe. */
final class PartRegistry implements AutoCloseable {

    private final MeterRegistry shared;
    private final CompositeMeterRegistry own = new CompositeMeterRegistry();
    private volatile boolean closing;

    /**
     * @param shared what is scraped; stays open
     */
    PartRegistry(MeterRegistry shared) {
        this.shared = shared;
        own.config().meterFilter(new DenyWhenClosing());
        own.add(shared);
    }

    /**
     * @throws RuntimeException whatever the binder throws
     */
    void bind(MeterBinder binder) {
        binder.bindTo(own);
    }

    MeterRegistry registry() {
        return own;
    }

    /**
     * In this order. Without {@code clear} the shared registry keeps the meters and, by them, the
     * part's classes; without {@code remove}, {@code close} closes the shared registry too, which
     * then takes whatever is registered later without an error and shows none of it.
     */
    @Override
    public void close() {
        closing = true;
        own.clear();
        own.remove(shared);
        own.close();
    }

    /** A part may register a meter at any time, this one too: it would stay after its registry. */
    private final class DenyWhenClosing implements MeterFilter {

        @Override
        public MeterFilterReply accept(Meter.Id id) {
            return closing ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
        }
    }
}
