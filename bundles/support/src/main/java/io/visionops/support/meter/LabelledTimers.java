package io.visionops.support.meter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Histograms of durations, one for each combination of labels. They begin anew with each registry.
 * Thread-safe; recording waits for nobody.
 */
public final class LabelledTimers implements MeterBinder {

    /** Upper bounds of the buckets: few, since each is a series for each camera. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final String name;
    private final String description;
    private final List<String> labels;
    private final List<Bound> registries = new CopyOnWriteArrayList<>();

    private record Bound(MeterRegistry registry, Map<Values, Timer> timers) {}

    /** Of the labels. A list would make two iterators each time that it is found. */
    private static final class Values {

        private final String[] all;

        Values(String[] all) {
            this.all = all;
        }

        String get(int index) {
            return all[index];
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Values values && Arrays.equals(all, values.all);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(all);
        }
    }

    public LabelledTimers(String name, String description, String... labels) {
        this.name = name;
        this.description = description;
        this.labels = List.of(labels);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.removeIf(each -> each.registry().isClosed());
        registries.add(new Bound(registry, new ConcurrentHashMap<>()));
    }

    /**
     * @param values of the labels, in their order
     */
    public void record(long nanos, String... values) {
        if (registries.isEmpty()) {
            return;
        }
        Values key = new Values(values);
        for (Bound bound : registries) {
            Timer known = bound.timers().get(key);
            Timer timer =
                    known == null
                            ? bound.timers()
                                    .computeIfAbsent(key, unused -> timer(bound.registry(), key))
                            : known;
            timer.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        }
    }

    /** Removes those whose first label does not pass the test, as of a camera that is removed. */
    public void retain(Predicate<String> firstLabel) {
        for (Bound bound : registries) {
            bound.timers()
                    .entrySet()
                    .removeIf(
                            entry -> {
                                boolean gone = !firstLabel.test(entry.getKey().get(0));
                                if (gone) {
                                    bound.registry().remove(entry.getValue());
                                }
                                return gone;
                            });
        }
    }

    private Timer timer(MeterRegistry registry, Values values) {
        Tags tags = Tags.empty();
        for (int i = 0; i < labels.size(); i++) {
            tags = tags.and(labels.get(i), values.get(i));
        }
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
