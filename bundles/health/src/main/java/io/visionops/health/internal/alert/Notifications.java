package io.visionops.health.internal.alert;

import io.visionops.health.internal.alert.Notification.What;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what each alert is with what has been told of it, and tells the difference as soon as
 * the limit allows: nothing is lost by it, and of what changes meanwhile the outcome is told. All
 * alerts of a rule that are due go into one notification. Not thread-safe.
 */
final class Notifications {

    /** From one word about an alert to the next about who has joined it. */
    private static final Duration GROUP = Duration.ofMinutes(5);

    private final NotificationLimit limit = new NotificationLimit();

    /** Changes of alerts that are over and of which nothing was told, by rule. */
    private final Map<String, Integer> leftOut = new TreeMap<>();

    /** What is to be told now; the alerts are marked as told. */
    List<Notification> due(Collection<OpenAlert> alerts, Map<String, Rule> rules, Moment now) {
        Map<String, List<OpenAlert>> byRule = new TreeMap<>();
        for (OpenAlert alert : alerts) {
            byRule.computeIfAbsent(alert.rule.name(), unused -> new ArrayList<>()).add(alert);
        }
        List<Notification> due = new ArrayList<>();
        byRule.values().forEach(ofRule -> next(ofRule, now).ifPresent(due::add));
        leftOut.keySet().retainAll(rules.keySet());
        leftOut.forEach(
                (name, count) -> {
                    Rule rule = rules.get(name);
                    if (rule != null
                            && due.stream().noneMatch(one -> one.rule().name().equals(name))) {
                        due.add(new Notification(What.SUPPRESSED, rule, List.of(), count));
                    }
                });
        due.sort(
                Comparator.comparing((Notification one) -> one.rule().severity())
                        .reversed()
                        .thenComparing(Notification::what));
        List<Notification> told = new ArrayList<>();
        for (Notification one : due) {
            if (limit.takes(one.rule(), now)) {
                told.add(tell(one, now));
            } else {
                one.alerts().forEach(alert -> alert.waited = true);
            }
        }
        return told;
    }

    private Optional<Notification> next(List<OpenAlert> alerts, Moment now) {
        for (What what : What.values()) {
            List<OpenAlert> due =
                    alerts.stream()
                            .filter(alert -> isDue(what, alert, now))
                            .sorted(Comparator.comparing((OpenAlert alert) -> alert.group))
                            .toList();
            if (!due.isEmpty()) {
                int count = due.stream().mapToInt(alert -> alert.leftOut).sum();
                return Optional.of(new Notification(what, due.get(0).rule, due, count));
            }
        }
        return Optional.empty();
    }

    private static boolean isDue(What what, OpenAlert alert, Moment now) {
        return switch (what) {
            case FIRING -> alert.isAudible() && !alert.told;
            case ESCALATED ->
                    alert.isAudible()
                            && alert.told
                            && alert.acknowledgedBy == null
                            && alert.step > alert.toldStep;
            case GREW ->
                    alert.isAudible()
                            && alert.told
                            && !alert.toldKeys.containsAll(alert.audible)
                            && now.since(alert.toldNanos).compareTo(GROUP) >= 0;
            case RESOLVED -> alert.resolvedAt != null && alert.told;
            case SUPPRESSED -> false;
        };
    }

    private Notification tell(Notification one, Moment now) {
        int more = Optional.ofNullable(leftOut.remove(one.rule().name())).orElse(0);
        for (OpenAlert alert : one.alerts()) {
            if (one.what() == What.GREW) {
                alert.startAnew(now);
            }
            alert.told = alert.resolvedAt == null;
            alert.toldNanos = now.nanos();
            alert.toldStep = alert.step;
            Set<String> keys = new HashSet<>(alert.toldKeys);
            keys.addAll(alert.audible);
            alert.toldKeys = keys;
            alert.leftOut = 0;
            alert.waited = false;
        }
        int all = one.what() == What.SUPPRESSED ? one.leftOut() : one.leftOut() + more;
        return new Notification(one.what(), one.rule(), one.alerts(), all);
    }

    /** Counts what an alert did that is over before anybody was told of it. */
    void leaveOut(OpenAlert alert) {
        if (alert.waited && !alert.told) {
            leftOut.merge(alert.rule.name(), alert.leftOut + 2, Integer::sum);
        }
    }
}
