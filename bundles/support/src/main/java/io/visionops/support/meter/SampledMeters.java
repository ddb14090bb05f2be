package io.visionops.support.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
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
    private record Key(String name, Tags tags) {

        static Key of(Reading reading) {
            return new Key(reading.name(), reading.tags());
        }
    }

    /** The last value of a meter. */
    private static final class Cell {
        volatile double value;
    }

    /** Guarded by "this". */
    private final Map<Key, Cell> cells = new HashMap<>();

    /** With the meters of the last sample, and values of an older one. Guarded by "this". */
    private List<Reading> latest = List.of();

    /** The cells of the readings above, in their order. Guarded by "this". */
    private final List<Cell> shown = new ArrayList<>();

    private final List<Bound> registries = new CopyOnWriteArrayList<>();

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        Bound bound = new Bound(registry);
        registries.add(bound);
        bound.show(latest, cells);
    }

    /** Takes a sample in the place of the one before. */
    public synchronized void show(List<Reading> readings) {
        registries.removeIf(each -> each.registry.isClosed());
        if (isOfSameMeters(readings)) {
            for (int i = 0; i < shown.size(); i++) {
                shown.get(i).value = readings.get(i).value();
            }
            return;
        }
        latest = List.copyOf(readings);
        shown.clear();
        Set<Key> present = new HashSet<>();
        for (Reading reading : latest) {
            Key key = Key.of(reading);
            present.add(key);
            Cell cell = cells.computeIfAbsent(key, unused -> new Cell());
            cell.value = reading.value();
            shown.add(cell);
        }
        cells.keySet().retainAll(present);
        registries.forEach(each -> each.show(latest, cells));
    }

    /** As nearly always: the same meters in the same order. */
    private boolean isOfSameMeters(List<Reading> readings) {
        boolean same = readings.size() == latest.size();
        for (int i = 0; same && i < readings.size(); i++) {
            same = readings.get(i).isOfSameMeter(latest.get(i));
        }
        return same;
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
                Key key = Key.of(reading);
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
