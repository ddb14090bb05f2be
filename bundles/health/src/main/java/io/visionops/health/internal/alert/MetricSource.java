package io.visionops.health.internal.alert;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.visionops.api.subject.Subject;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of all parts that rules name, in registries of this part's own, so that alerts do not
 * depend on the page of the metrics. Others are not kept. Thread-safe.
 */
final class MetricSource implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricSource.class);

    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

    /** Of a subject's name. */
    private static final int LONGEST = 200;

    /** Guarded by "this". */
    private final Map<MeterBinder, SimpleMeterRegistry> parts = new IdentityHashMap<>();

    /** Guarded by "this". */
    private Set<String> used = Set.of();

    synchronized void add(MeterBinder part) {
        SimpleMeterRegistry before = parts.put(part, bound(part));
        if (before != null) {
            before.close();
        }
    }

    synchronized void remove(MeterBinder part) {
        SimpleMeterRegistry registry = parts.remove(part);
        if (registry != null) {
            release(registry);
        }
    }

    /** Keeps these metrics alone, by their names at the page of the metrics. */
    synchronized void use(Set<String> metrics) {
        if (!metrics.equals(used)) {
            used = Set.copyOf(metrics);
            parts.replaceAll(
                    (part, registry) -> {
                        release(registry);
                        return bound(part);
                    });
        }
    }

    private SimpleMeterRegistry bound(MeterBinder part) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Set<String> kept = used;
        registry.config()
                .meterFilter(
                        MeterFilter.denyUnless(
                                id -> id.getType() == Meter.Type.GAUGE && kept.contains(name(id))));
        try {
            part.bindTo(registry);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("no rule sees the metrics of {}: it fails", part.getClass(), e);
        }
        return registry;
    }

    /** Without this the registry keeps the classes of the part. */
    private static void release(SimpleMeterRegistry registry) {
        registry.clear();
        registry.close();
    }

    /** As Prometheus writes the name of a gauge. */
    static String name(Meter.Id id) {
        String name = id.getName().replace('.', '_').replace('-', '_');
        String unit = id.getBaseUnit();
        return unit == null || unit.isEmpty() || name.endsWith("_" + unit)
                ? name
                : name + "_" + unit;
    }

    /** One observation for each series of the metric. */
    synchronized List<Observation> observe(String rule, Rule.OfMetric condition) {
        List<Observation> seen = new ArrayList<>();
        for (SimpleMeterRegistry registry : parts.values()) {
            for (Meter meter : registry.getMeters()) {
                if (meter instanceof Gauge gauge
                        && name(meter.getId()).equals(condition.metric())
                        && !Double.isNaN(gauge.value())) {
                    seen.add(observation(rule, condition, meter.getId(), gauge.value()));
                }
            }
        }
        return seen;
    }

    private static Observation observation(
            String rule, Rule.OfMetric condition, Meter.Id id, double value) {
        List<Subject> labels = id.getTags().stream().map(MetricSource::subject).toList();
        String key = labels.stream().map(Subject::toString).collect(Collectors.joining(", "));
        Subject subject =
                condition
                        .groupBy()
                        .flatMap(
                                label ->
                                        id.getTags().stream()
                                                .filter(tag -> tag.getKey().equals(label))
                                                .findFirst())
                        .map(MetricSource::subject)
                        .orElseGet(() -> new Subject("rule", rule));
        return new Observation(
                subject.toString(),
                subject,
                key,
                labels,
                judge(condition, value),
                (key.isEmpty() ? "" : key + ": ")
                        + condition.metric()
                        + " is "
                        + (Double.isFinite(value) ? Rule.number(value) : String.valueOf(value))
                        + (condition.above() ? ", above " : ", below ")
                        + Rule.number(condition.limit()),
                "",
                List.of(),
                List.of());
    }

    private static Observation.Verdict judge(Rule.OfMetric condition, double value) {
        if (condition.above() ? value > condition.limit() : value < condition.limit()) {
            return Observation.Verdict.BAD;
        }
        return (condition.above() ? value <= condition.clear() : value >= condition.clear())
                ? Observation.Verdict.WELL
                : Observation.Verdict.HOLD;
    }

    private static Subject subject(Tag label) {
        String name = CONTROLS.matcher(label.getValue()).replaceAll(" ").strip();
        String kind = label.getKey().replace('_', '-');
        return new Subject(
                kind, name.isEmpty() ? "-" : name.substring(0, Math.min(LONGEST, name.length())));
    }

    @Override
    public synchronized void close() {
        parts.values().forEach(MetricSource::release);
        parts.clear();
    }
}
