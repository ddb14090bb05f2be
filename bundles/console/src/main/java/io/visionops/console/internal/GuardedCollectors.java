package io.visionops.console.internal;

import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves a metric out of a scrape that fails, instead of the whole scrape. Thread-safe. */
final class GuardedCollectors extends PrometheusRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedCollectors.class);

    private final Map<MultiCollector, MultiCollector> guards = new ConcurrentHashMap<>();

    @Override
    public void register(MultiCollector collector) {
        MultiCollector guard = new Guard(collector);
        super.register(guard);
        guards.put(collector, guard);
    }

    @Override
    public void unregister(MultiCollector collector) {
        MultiCollector guard = guards.remove(collector);
        super.unregister(guard == null ? collector : guard);
    }

    private static final class Guard implements MultiCollector {

        private final MultiCollector collector;
        private volatile boolean logged;

        Guard(MultiCollector collector) {
            this.collector = collector;
        }

        @Override
        public MetricSnapshots collect() {
            try {
                return collector.collect();
            } catch (RuntimeException | LinkageError e) {
                if (!logged) {
                    logged = true;
                    LOG.warn("a metric fails and is left out; the trace names its part", e);
                }
                return MetricSnapshots.of();
            }
        }

        @Override
        public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
            return collector.getMetricFamilyDescriptors();
        }

        @Override
        public List<String> getPrometheusNames() {
            return collector.getPrometheusNames();
        }

        @Override
        public MetricType getMetricType(String name) {
            return collector.getMetricType(name);
        }

        @Override
        public Set<String> getLabelNames(String name) {
            return collector.getLabelNames(name);
        }

        @Override
        public MetricMetadata getMetadata(String name) {
            return collector.getMetadata(name);
        }
    }
}
