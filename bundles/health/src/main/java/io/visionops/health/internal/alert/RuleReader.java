package io.visionops.health.internal.alert;

import io.visionops.api.journal.Severity;
import io.visionops.support.DurationText;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one rule from its lines. Whatever is wrong is told with its line; a rule of which something
 * is wrong is none. For one call.
 */
final class RuleReader {

    /** After {@code rule.NAME.}. */
    static final List<String> KEYS =
            List.of(
                    "above",
                    "below",
                    "check",
                    "clear",
                    "clear.for",
                    "enabled",
                    "escalate",
                    "for",
                    "group.by",
                    "inhibited.by",
                    "metric",
                    "runbook",
                    "severity",
                    "when");

    private static final Duration LONGEST = Duration.ofDays(1);

    /** One that is told to be over at each moment of calm would be told again and again. */
    private static final Duration SHORTEST_CLEAR = Duration.ofSeconds(10);

    private static final String CLEAR_FOR = "5m";
    private static final Duration LAST_STEP = Duration.ofDays(7);
    private static final int MOST_STEPS = 5;

    private final String name;
    private final Map<String, Value> values;
    private final KnownNames known;
    private final List<RuleError> errors;

    /** The value of a key and the line that it is in. */
    record Value(String text, int line) {}

    RuleReader(String name, Map<String, Value> values, KnownNames known, List<RuleError> errors) {
        this.name = name;
        this.values = values;
        this.known = known;
        this.errors = errors;
    }

    /** Empty when something is wrong. */
    Optional<Rule> read() {
        int before = errors.size();
        Rule.@Nullable Condition condition = condition();
        boolean enabled = oneOf("enabled", "true", "true", "false").equals("true");
        boolean critical = oneOf("when", "critical", "critical", "warn").equals("critical");
        String usual = values.containsKey("check") && critical ? "critical" : "warning";
        Severity severity = Severity.of(oneOf("severity", usual, "warning", "critical"));
        Duration holdFor = duration("for", "0s", Duration.ZERO, LONGEST);
        Duration clearFor = duration("clear.for", CLEAR_FOR, SHORTEST_CLEAR, LONGEST);
        List<Duration> escalation = escalation();
        Set<String> inhibitedBy = new HashSet<>(words("inhibited.by"));
        String runbook = runbook();
        if (condition == null || errors.size() > before) {
            return Optional.empty();
        }
        return Optional.of(
                new Rule(
                        name,
                        enabled,
                        condition,
                        holdFor,
                        clearFor,
                        severity,
                        inhibitedBy,
                        escalation,
                        runbook));
    }

    private Rule.@Nullable Condition condition() {
        Value check = values.get("check");
        Value metric = values.get("metric");
        if (check != null && metric != null) {
            error("metric", "a rule is about a check or about a metric, not about both");
            return null;
        }
        if (check != null) {
            return ofCheck(check.text());
        }
        if (metric != null) {
            return ofMetric(metric.text());
        }
        errors.add(
                new RuleError(
                        firstLine(),
                        "rule." + name + " has neither a check nor a metric: one is required"));
        return null;
    }

    private Rule.@Nullable Condition ofCheck(String pattern) {
        for (String key : List.of("above", "below", "clear", "group.by")) {
            forbid(key, "is for a rule with a metric; this one has a check");
        }
        if (known.checks().stream().noneMatch(one -> Rule.OfCheck.matches(pattern, one))) {
            refuse("check", "there is no check of that name; health lists those that there are");
            return null;
        }
        return new Rule.OfCheck(
                pattern, oneOf("when", "critical", "critical", "warn").equals("warn"));
    }

    private Rule.@Nullable Condition ofMetric(String metric) {
        forbid("when", "is for a rule with a check; this one has a metric");
        List<String> labels = known.metrics().get(metric);
        if (labels == null) {
            refuse(
                    "metric",
                    "there is no metric of that name that a limit can be set for;"
                            + " docs/alerts.md lists those that there are");
            return null;
        }
        Value above = values.get("above");
        Value below = values.get("below");
        if ((above == null) == (below == null)) {
            boolean belowIsLast = below != null && above != null && below.line() > above.line();
            error(
                    above == null ? "metric" : belowIsLast ? "below" : "above",
                    "either above or below is required, and not both");
            return null;
        }
        Optional<Double> limit = number(above == null ? "below" : "above");
        Optional<Double> clear = values.containsKey("clear") ? number("clear") : limit;
        Value group = values.get("group.by");
        if (group != null && !labels.contains(group.text())) {
            refuse(
                    "group.by",
                    labels.isEmpty()
                            ? metric + " has no labels"
                            : "must be a label of " + metric + ": " + String.join(", ", labels));
        }
        if (limit.isEmpty() || clear.isEmpty()) {
            return null;
        }
        if (above == null ? clear.get() < limit.get() : clear.get() > limit.get()) {
            refuse(
                    "clear",
                    above == null ? "must not be less than below" : "must not be more than above");
            return null;
        }
        return new Rule.OfMetric(
                metric,
                above != null,
                limit.get(),
                clear.get(),
                Optional.ofNullable(group).map(Value::text));
    }

    private Optional<Double> number(String key) {
        Value value = values.get(key);
        if (value != null && value.text().matches("[+-]?\\d{1,15}(\\.\\d{1,15})?")) {
            return Optional.of(Double.parseDouble(value.text()));
        }
        refuse(key, "must be a number such as 5 or 0.5");
        return Optional.empty();
    }

    private String oneOf(String key, String usual, String... allowed) {
        Value value = values.get(key);
        if (value == null) {
            return usual;
        }
        if (List.of(allowed).contains(value.text())) {
            return value.text();
        }
        refuse(key, "must be " + String.join(" or ", allowed));
        return usual;
    }

    private Duration duration(String key, String usual, Duration least, Duration most) {
        Value value = values.get(key);
        return DurationText.parse(value == null ? usual : value.text())
                .filter(one -> one.compareTo(least) >= 0 && one.compareTo(most) <= 0)
                .orElseGet(
                        () -> {
                            refuse(key, range(least, most));
                            return least;
                        });
    }

    private static String range(Duration least, Duration most) {
        return "must be from "
                + (least.isZero() ? "0s" : DurationText.show(least))
                + " to "
                + DurationText.show(most)
                + ", "
                + DurationText.ALLOWED;
    }

    private List<Duration> escalation() {
        List<Duration> steps = new ArrayList<>();
        for (String word : words("escalate")) {
            Optional<Duration> step = DurationText.parse(word);
            Duration last = steps.isEmpty() ? Duration.ZERO : steps.get(steps.size() - 1);
            if (step.isEmpty()
                    || step.get().compareTo(last) <= 0
                    || step.get().compareTo(LAST_STEP) > 0
                    || steps.size() == MOST_STEPS) {
                refuse(
                        "escalate",
                        "must be up to "
                                + MOST_STEPS
                                + " times, each later than the one before, 7d at most, such as"
                                + " 15m, 60m");
                return List.of();
            }
            steps.add(step.get());
        }
        return steps;
    }

    private List<String> words(String key) {
        Value value = values.get(key);
        return value == null ? List.of() : List.of(value.text().split("\\s*,\\s*", -1));
    }

    private String runbook() {
        Value value = values.get("runbook");
        if (value == null) {
            return "";
        }
        try {
            URI address = URI.create(value.text());
            if (List.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getUserInfo() == null) {
                return value.text();
            }
        } catch (IllegalArgumentException e) {
            // Refused below.
        }
        refuse("runbook", "must be an address that begins with http:// or https://");
        return "";
    }

    private int firstLine() {
        return values.values().stream().mapToInt(Value::line).min().orElse(1);
    }

    private void forbid(String key, String why) {
        if (values.containsKey(key)) {
            error(key, "rule." + name + "." + key + " " + why);
        }
    }

    private void refuse(String key, String allowed) {
        Value value = values.get(key);
        String text = value == null ? "" : value.text();
        error(key, "rule." + name + "." + key + " = " + text + " is refused: " + allowed);
    }

    private void error(String key, String words) {
        Value value = values.get(key);
        errors.add(new RuleError(value == null ? firstLine() : value.line(), words));
    }
}
