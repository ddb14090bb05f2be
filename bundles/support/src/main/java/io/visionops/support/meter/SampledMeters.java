package io.visionops.support.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Meters with the values of the last sample. They come with the first sample that has them and go
 * with the first one that has not, as those of a camera that is removed. Who scrapes reads the last
 * value and waits for nothing. Thread-safe.
 */
public final class SampledMeters implements MeterBinder {

    /** What tells meters apart. */
    private record Key(String name, Tags tags) {}

    /** The last value of a meter. */
    private static final class Cell {
        volatile double value;
    }

    /** Guarded by "this". */
    private final Map<Key, Cell> cells = new HashMap<>();

    /** Of the last sample. Guarded by "this". */
    private List<Reading> latest = List.of();

    private final List<Bound> registries = new CopyOnWriteArrayList<>();

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        Bound bound = new Bound(registry);
        registries.add(bound);
        bound.show(latest, cells);
    }

    /** Takes a sample in the place of the one before. */
    public synchronized void show(List<Reading> readings) {
        latest = List.copyOf(readings);
        Set<Key> present = new HashSet<>();
        for (Reading reading : latest) {
            Key key = new Key(reading.name(), reading.tags());
            present.add(key);
            cells.computeIfAbsent(key, unused -> new Cell()).value = reading.value();
        }
        cells.keySet().retainAll(present);
        registries.removeIf(each -> each.registry.isClosed());
        registries.forEach(each -> each.show(latest, cells));
    }

    /** The meters in one registry. Guarded by the outer "this". */
    private static final class Bound {

        private final MeterRegistry registry;
        private final Map<Key, Meter> meters = new HashMap<>();

        Bound(MeterRegistry registry) {
            this.registry = registry;
        }

        void show(List<Reading> readings, Map<Key, Cell> cells) {
            meters.entrySet()
                    .removeIf(
                            entry -> {
                                boolean gone = !cells.containsKey(entry.getKey());
                                if (gone) {
                                    registry.remove(entry.getValue());
                                }
                                return gone;
                            });
            for (Reading reading : readings) {
                Key key = new Key(reading.name(), reading.tags());
                Cell cell = cells.get(key);
                if (cell != null && !meters.containsKey(key)) {
                    meters.put(key, register(reading, cell));
                }
            }
        }

        private Meter register(Reading reading, Cell cell) {
            String unit = reading.unit().isEmpty() ? null : reading.unit();
            return switch (reading.kind()) {
                case GAUGE ->
                        Gauge.builder(reading.name(), cell, one -> one.value)
                                .description(reading.description())
                                .baseUnit(unit)
                                .tags(reading.tags())
                                .strongReference(true)
                                .register(registry);
                case COUNTER ->
                        FunctionCounter.builder(reading.name(), cell, one -> one.value)
                                .description(reading.description())
                                .baseUnit(unit)
                                .tags(reading.tags())
                                .register(registry);
            };
        }
    }
}
