package io.visionops.health.internal.alert;

import io.visionops.api.health.HealthReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rules in force see. What is seen of checks is the same until the next round of the
 * checks, so it is found out once a round; metrics are read at each look. For one thread.
 */
final class Observations {

    private final MetricSource metrics;
    private RuleFile.@Nullable State rules;
    private @Nullable HealthReport report;
    private List<Rule> ofMetrics = List.of();
    private Map<Rule, List<Observation>> ofChecks = Map.of();

    Observations(MetricSource metrics) {
        this.metrics = metrics;
    }

    /** Of each rule that is enabled; nothing before the first round of the checks. */
    Map<Rule, List<Observation>> of(RuleFile.State current, Optional<HealthReport> latest) {
        if (rules != current) {
            useMetrics(current);
        }
        HealthReport present = latest.orElse(null);
        if (rules != current || report != present) {
            ofChecks = present == null ? Map.of() : observeChecks(current, present);
        }
        rules = current;
        report = present;
        if (present == null || ofMetrics.isEmpty()) {
            return ofChecks;
        }
        Map<Rule, List<Observation>> seen = new HashMap<>(ofChecks);
        for (Rule rule : ofMetrics) {
            if (rule.condition() instanceof Rule.OfMetric metric) {
                seen.put(rule, metrics.observe(rule.name(), metric));
            }
        }
        return seen;
    }

    private void useMetrics(RuleFile.State current) {
        List<Rule> rulesOfMetrics = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Rule rule : current.rules().values()) {
            if (rule.enabled() && rule.condition() instanceof Rule.OfMetric metric) {
                rulesOfMetrics.add(rule);
                names.add(metric.metric());
            }
        }
        metrics.use(names);
        ofMetrics = rulesOfMetrics;
    }

    private static Map<Rule, List<Observation>> observeChecks(
            RuleFile.State current, HealthReport report) {
        Map<Rule, List<Observation>> seen = new HashMap<>();
        for (Rule rule : current.rules().values()) {
            if (rule.enabled() && rule.condition() instanceof Rule.OfCheck check) {
                seen.put(rule, CheckSource.observe(check, report));
            }
        }
        return seen;
    }
}
