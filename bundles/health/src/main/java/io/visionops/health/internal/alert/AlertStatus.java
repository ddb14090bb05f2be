package io.visionops.health.internal.alert;

import io.visionops.api.alert.Alert;
import io.visionops.api.alert.Alert.State;
import io.visionops.api.alert.AlertRule;
import io.visionops.api.alert.AlertRules;
import io.visionops.api.alert.Silence;
import io.visionops.api.journal.Severity;
import io.visionops.support.meter.Reading;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.felix.hc.api.FormattingResultLog;

/**
 * What is to be seen of alerts from outside.
 *
 * @param alerts the most pressing first
 * @param failure why they cannot be kept for the next start; empty when they can
 */
record AlertStatus(
        AlertRules rules, List<Alert> alerts, List<Silence> silences, Optional<String> failure) {

    static AlertStatus of(
            String file,
            RuleFile.State state,
            List<Alert> alerts,
            List<Silence> silences,
            Optional<String> failure) {
        return new AlertStatus(
                new AlertRules(
                        file,
                        state.loaded(),
                        state.rules().values().stream().map(rule -> show(rule, alerts)).toList(),
                        state.errors().stream().map(RuleError::toString).toList()),
                alerts,
                silences,
                failure);
    }

    /** Whether this is what is to be seen of these, by the same rules. */
    boolean isOf(List<Alert> others, List<Silence> silent, Optional<String> whyNotKept) {
        return alerts.equals(others) && silences.equals(silent) && failure.equals(whyNotKept);
    }

    private static AlertRule show(Rule rule, List<Alert> alerts) {
        return new AlertRule(
                rule.name(),
                rule.enabled(),
                rule.condition().words(),
                rule.holdFor(),
                rule.clearFor(),
                rule.severity(),
                rule.inhibitedBy().stream().sorted().toList(),
                rule.escalation(),
                rule.runbook(),
                count(rule, alerts, state -> state == State.PENDING),
                count(rule, alerts, state -> state != State.PENDING && state != State.RESOLVED));
    }

    private static int count(Rule rule, List<Alert> alerts, Predicate<State> of) {
        return (int)
                alerts.stream()
                        .filter(alert -> alert.rule().equals(rule.name()))
                        .filter(alert -> of.test(alert.state()))
                        .count();
    }

    /** Of those that somebody is told of. */
    List<Reading> readings() {
        return Stream.of(Severity.WARNING, Severity.CRITICAL)
                .map(
                        severity ->
                                Reading.gauge(
                                        "visionops.alerts.firing",
                                        "Alerts that fire and are neither silenced nor explained"
                                                + " by another one",
                                        "",
                                        audible(severity),
                                        "severity",
                                        severity.word()))
                .toList();
    }

    private long audible(Severity severity) {
        return alerts.stream()
                .filter(alert -> alert.severity() == severity)
                .filter(
                        alert ->
                                alert.state() == State.FIRING
                                        || alert.state() == State.ACKNOWLEDGED)
                .count();
    }

    /** Whether somebody would be told. Reads what was found: no I/O and no lock. */
    void judge(FormattingResultLog log) {
        if (!rules.errors().isEmpty()) {
            String words =
                    "etc/"
                            + rules.file()
                            + " is refused, "
                            + (rules.loaded().isEmpty()
                                    ? "and no rules are in force"
                                    : "the last good rules stay in force")
                            + ": "
                            + rules.errors().get(0)
                            + (rules.errors().size() > 1
                                    ? "; and " + (rules.errors().size() - 1) + " more"
                                    : "");
            if (rules.loaded().isEmpty()) {
                log.critical("{}", words);
            } else {
                log.warn("{}", words);
            }
        }
        failure.ifPresent(why -> log.warn("alerts would be told again after a kill: {}", why));
        if (rules.errors().isEmpty() && failure.isEmpty()) {
            log.info("{} rules are in force", rules.rules().size());
        }
    }
}
