package io.visionops.health.internal.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.health.internal.alert.Observation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricSourceTest {

    private static final Rule.OfMetric WAIT =
            new Rule.OfMetric("visionops_store_commit_wait_seconds", true, 10, 5, Optional.empty());

    private final List<MeterRegistry> registries = new ArrayList<>();
    private final MetricSource source = new MetricSource();

    private double value = 12.5;

    /** A part with a gauge, and what no rule may name. */
    private final MeterBinder part =
            registry -> {
                registries.add(registry);
                Gauge.builder("visionops.store.commit.wait", () -> value)
                        .baseUnit("seconds")
                        .register(registry);
                Gauge.builder("visionops.child.memory", () -> value)
                        .baseUnit("bytes")
                        .tag("child", "camera-front")
                        .register(registry);
                Counter.builder("visionops.store.commits").register(registry).increment();
                Timer.builder("visionops.store.commit.duration").register(registry);
            };

    private Verdict verdict() {
        List<Observation> seen = source.observe("wait", WAIT);
        assertThat(seen).hasSize(1);
        return seen.get(0).verdict();
    }

    @Test
    void onlyWhatRulesNameIsKept() {
        source.add(part);
        assertThat(registries.get(0).getMeters()).isEmpty();

        source.use(Set.of(WAIT.metric()));

        assertThat(registries.get(0).isClosed()).isTrue();
        assertThat(registries.get(1).getMeters()).hasSize(1);
    }

    @Test
    void aValueIsBadBeyondTheLimitAndWellFromTheClearValueOn() {
        source.add(part);
        source.use(Set.of(WAIT.metric()));

        assertThat(verdict()).isEqualTo(Verdict.BAD);
        assertThat(source.observe("wait", WAIT).get(0).cause())
                .isEqualTo("visionops_store_commit_wait_seconds is 12.5, above 10");
        value = 10;
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        value = 5;
        assertThat(verdict()).isEqualTo(Verdict.WELL);
    }

    @Test
    void whatIsNoNumberIsNotThere() {
        source.add(part);
        source.use(Set.of(WAIT.metric()));

        value = Double.NaN;

        assertThat(source.observe("wait", WAIT)).isEmpty();
    }

    @Test
    void aPartThatGoesTakesItsMetricsAlong() {
        source.use(Set.of(WAIT.metric()));
        source.add(part);
        assertThat(source.observe("wait", WAIT)).hasSize(1);

        source.remove(part);

        assertThat(source.observe("wait", WAIT)).isEmpty();
        assertThat(registries.get(0).getMeters()).isEmpty();
        assertThat(registries.get(0).isClosed()).isTrue();
    }

    @Test
    void aPartWhoseMetricsFailHasNone() {
        source.add(
                registry -> {
                    throw new IllegalStateException("of the test");
                });
        source.add(part);
        source.use(Set.of(WAIT.metric()));

        assertThat(source.observe("wait", WAIT)).hasSize(1);
    }

    @Test
    void aLabelIsASubject() {
        Rule.OfMetric memory =
                new Rule.OfMetric("visionops_child_memory_bytes", true, 1, 1, Optional.of("child"));
        source.use(Set.of(memory.metric()));
        source.add(part);

        Observation seen = source.observe("big", memory).get(0);

        assertThat(seen.subject()).hasToString("child/camera-front");
        assertThat(seen.about()).hasToString("[child/camera-front]");
    }
}
