package io.visionops.shell.internal.json;

import io.visionops.api.alert.AlertRule;
import io.visionops.api.alert.AlertRules;
import io.visionops.support.DurationText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of alerts that are in force.
 *
 * @param loaded when they were read; null when there are none
 * @param errors why the file is not in force, each with its line
 */
public record AlertRulesDocument(
        String file, @Nullable Instant loaded, List<String> errors, List<RuleRow> rules) {

    public static AlertRulesDocument of(AlertRules rules) {
        return new AlertRulesDocument(
                rules.file(),
                rules.loaded().orElse(null),
                rules.errors(),
                rules.rules().stream().map(RuleRow::of).toList());
    }

    /**
     * A rule.
     *
     * @param holdFor how long it has to last, such as {@code 2m}
     */
    public record RuleRow(
            String rule,
            boolean enabled,
            String severity,
            String condition,
            String holdFor,
            String clearFor,
            List<String> inhibitedBy,
            List<String> escalation,
            String runbook,
            int pending,
            int firing) {

        static RuleRow of(AlertRule rule) {
            return new RuleRow(
                    rule.name(),
                    rule.enabled(),
                    rule.severity().word(),
                    rule.condition(),
                    DurationText.show(rule.holdFor()),
                    DurationText.show(rule.clearFor()),
                    rule.inhibitedBy(),
                    rule.escalation().stream().map(DurationText::show).toList(),
                    rule.runbook(),
                    rule.pending(),
                    rule.firing());
        }
    }
}
