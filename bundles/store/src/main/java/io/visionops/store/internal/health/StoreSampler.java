package io.visionops.store.internal.health;

import io.visionops.api.time.Ticker;
import io.visionops.store.internal.StoreComponent;
import io.visionops.store.internal.StoreState;
import io.visionops.store.internal.write.WriterState;
import io.visionops.support.breaker.Breakers;
import io.visionops.support.meter.CountedTotals;
import io.visionops.support.meter.CountedTotals.Total;
import io.visionops.support.meter.Reading;
import io.visionops.support.meter.SampledMeters;
import io.visionops.support.meter.Sampler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Looks every second how the database does, for the meters and the checks. Thread-safe. */
@Component(service = StoreSampler.class)
public final class StoreSampler {

    private static final String COMMITS = "visionops.store.commits";
    private static final String REJECTED = "visionops.store.rejected";
    private static final String REFUSED = "visionops.store.refused";
    private static final String FAILURES = "visionops.store.failures";

    private final Supplier<Optional<StoreState>> store;
    private final CountedTotals totals =
            new CountedTotals(
                    Total.of(COMMITS, "Groups of entries that were written"),
                    Total.of(REJECTED, "Entries for which the queue had no room"),
                    Total.of(REFUSED, "Entries that can never be written"),
                    Total.of(FAILURES, "Groups of entries that were not written"));
    private final StoreWatch watch;
    private final SampledMeters meters = new SampledMeters();
    private final Sampler<StoreSample> sampler;

    /** Where the totals of the last run were taken from; empty while no folder is known. */
    private Optional<Path> totalsFile;

    @Activate
    public StoreSampler(@Reference StoreComponent store) {
        this(store::state, Ticker.system());
        sampler.start();
    }

    /** Takes samples only when it is told to. */
    StoreSampler(Supplier<Optional<StoreState>> store, Ticker ticker) {
        this.store = store;
        this.watch = new StoreWatch(ticker);
        this.sampler = new Sampler<>("visionops-store-sample", ticker, this::sample);
        this.totalsFile =
                store.get().map(state -> state.folder().resolve("store/totals.properties"));
        totalsFile.ifPresent(totals::resume);
    }

    @Deactivate
    void close() {
        sampler.close();
        totalsFile.ifPresent(totals::leave);
    }

    Sampler<StoreSample> sampler() {
        return sampler;
    }

    SampledMeters meters() {
        return meters;
    }

    private StoreSample sample() {
        StoreSample sample = watch.look(store.get());
        sample.writer().ifPresentOrElse(this::follow, totals::followAnew);
        meters.show(readings(sample));
        return sample;
    }

    private void follow(WriterState writer) {
        totals.follow(COMMITS, writer.commits());
        totals.follow(REJECTED, writer.rejected());
        totals.follow(REFUSED, writer.refused());
        totals.follow(FAILURES, writer.failures());
    }

    private List<Reading> readings(StoreSample sample) {
        List<Reading> all = new ArrayList<>(totals.readings(Set.of()));
        sample.state()
                .map(state -> Breakers.readings("store", List.of(state.breaker())))
                .ifPresent(all::addAll);
        all.add(
                Reading.gauge(
                        "visionops.store.up",
                        "1 while the database is open",
                        "",
                        sample.writer().isPresent() ? 1 : 0));
        all.add(
                Reading.gauge(
                        "visionops.store.log",
                        "Size of the write-ahead log",
                        "bytes",
                        sample.state().map(StoreState::logBytes).orElse(0L)));
        all.add(
                Reading.gauge(
                        "visionops.store.queue",
                        "Entries that wait to be written",
                        "entries",
                        sample.writer().map(WriterState::queued).orElse(0)));
        all.add(
                Reading.gauge(
                        "visionops.store.commit.wait",
                        "For how long something has waited without a group being written",
                        "seconds",
                        seconds(sample.waitingFor())));
        return all;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
