package io.visionops.processes.internal;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.api.child.ChildUsage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Metrics of children. Those of one child come with its first measurement and go with the first one
 * after its end. The label is its name: pids come and go. Thread-safe.
 */
@Component(service = MeterBinder.class)
public final class ChildMeters implements MeterBinder {

    private final Children children;
    private final Runnable listener = this::update;
    private final List<Registered> registries = new CopyOnWriteArrayList<>();
    private volatile Map<String, ChildUsage> latest = Map.of();

    @Activate
    public ChildMeters(@Reference ChildRegistry registry) {
        this(registry.children());
    }

    ChildMeters(Children children) {
        this.children = children;
        children.statistics().addListener(listener);
    }

    @Deactivate
    void close() {
        children.statistics().removeListener(listener);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        ChildStatistics statistics = children.statistics();
        Gauge.builder("visionops.children", children, all -> all.usage().size())
                .description("Child processes that live")
                .register(registry);
        FunctionCounter.builder("visionops.child.starts", statistics, ChildStatistics::startedCount)
                .description("Child processes started since processes was started")
                .register(registry);
        FunctionCounter.builder(
                        "visionops.child.ended.unclaimed",
                        statistics,
                        ChildStatistics::endedUnclaimedCount)
                .description("Child processes ended since no part claimed them within ten seconds")
                .register(registry);
        registries.add(new Registered(registry));
        update();
    }

    private void update() {
        latest =
                children.usage().stream()
                        .collect(toUnmodifiableMap(ChildUsage::name, Function.identity()));
        registries.removeIf(each -> each.registry.isClosed());
        registries.forEach(each -> each.show(latest.keySet()));
    }

    private double memory(String child) {
        ChildUsage usage = latest.get(child);
        return usage == null ? Double.NaN : usage.memory();
    }

    private double cpuSeconds(String child) {
        ChildUsage usage = latest.get(child);
        return usage == null
                ? Double.NaN
                : (double) usage.cpu().toNanos() / TimeUnit.SECONDS.toNanos(1);
    }

    /** The meters of single children in one registry. */
    private final class Registered {

        private final MeterRegistry registry;
        private final MultiGauge memory;

        /** By child. Guarded by "this". */
        private final Map<String, FunctionCounter> cpu = new HashMap<>();

        Registered(MeterRegistry registry) {
            this.registry = registry;
            memory =
                    MultiGauge.builder("visionops.child.memory")
                            .description("Resident memory of a child and its descendants")
                            .baseUnit("bytes")
                            .register(registry);
        }

        synchronized void show(Set<String> names) {
            if (names.equals(cpu.keySet())) {
                return;
            }
            memory.register(
                    names.stream()
                            .<Row<?>>map(name -> Row.of(tags(name), () -> memory(name)))
                            .toList(),
                    true);
            cpu.entrySet()
                    .removeIf(
                            entry -> {
                                boolean gone = !names.contains(entry.getKey());
                                if (gone) {
                                    registry.remove(entry.getValue());
                                }
                                return gone;
                            });
            names.forEach(name -> cpu.computeIfAbsent(name, this::cpu));
        }

        private FunctionCounter cpu(String child) {
            return FunctionCounter.builder(
                            "visionops.child.cpu",
                            ChildMeters.this,
                            meters -> meters.cpuSeconds(child))
                    .description("CPU time of a child and its descendants since its start")
                    .baseUnit("seconds")
                    .tags(tags(child))
                    .register(registry);
        }

        private static Tags tags(String child) {
            return Tags.of("child", child);
        }
    }
}
