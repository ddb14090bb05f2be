package io.visionops.health.internal.alert;

import io.visionops.api.alert.Alert;
import io.visionops.api.subject.Subject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The alerts that are open, and the last ones that are over. Not thread-safe. */
final class AlertBook {

    /** Alerts that are over. */
    private static final int KEPT = 100;

    /** Open ones: a metric with ever new labels fills no memory. */
    private static final int MOST = 2_000;

    private static final Comparator<Alert> PRESSING_FIRST =
            Comparator.comparing(Alert::state)
                    .thenComparing(Alert::severity, Comparator.reverseOrder())
                    .thenComparing(Alert::since)
                    .thenComparing(Alert::id);

    private final List<OpenAlert> open = new ArrayList<>();
    private final Deque<Alert> resolved = new ArrayDeque<>();
    private long lastId;

    AlertBook(AlertFile.Document left, Map<String, Rule> rules, Moment now) {
        lastId = left.lastId();
        resolved.addAll(left.resolved());
        for (AlertFile.Kept one : left.alerts()) {
            Rule rule = rules.get(one.rule());
            if (rule != null) {
                open.add(one.restore(rule, now));
            }
        }
    }

    String nextId() {
        lastId++;
        return Long.toString(lastId);
    }

    long lastId() {
        return lastId;
    }

    /** Also those of whose end nobody was told. */
    List<OpenAlert> open() {
        return open;
    }

    Collection<Alert> resolved() {
        return resolved;
    }

    Optional<OpenAlert> find(String id) {
        return open.stream().filter(one -> one.id.equals(id)).findFirst();
    }

    /** Goes on by what the rules see now. */
    void apply(Map<String, Rule> rules, Map<Rule, List<Observation>> seen, Moment now) {
        Map<String, OpenAlert> byGroup = new HashMap<>();
        for (OpenAlert alert : open) {
            Rule rule = rules.get(alert.rule.name());
            if (rule == null || !rule.enabled()) {
                alert.instances.clear();
                continue;
            }
            alert.rule = rule;
            if (alert.resolvedAt == null) {
                byGroup.put(key(rule, alert.group), alert);
            }
        }
        seen.forEach((rule, all) -> apply(rule, all, byGroup, now));
        settle(now);
    }

    private void apply(
            Rule rule, List<Observation> all, Map<String, OpenAlert> byGroup, Moment now) {
        if (isQuiet(rule, all, byGroup)) {
            return;
        }
        Map<String, Set<String>> present = new HashMap<>();
        for (Observation one : all) {
            String key = key(rule, one.group());
            present.computeIfAbsent(key, unused -> new HashSet<>()).add(one.key());
            OpenAlert alert = byGroup.get(key);
            AlertInstance instance = alert == null ? null : alert.instances.get(one.key());
            if (instance == null && one.verdict() == Observation.Verdict.BAD) {
                if (alert == null) {
                    if (open.size() >= MOST) {
                        continue;
                    }
                    alert = reopenedOrNew(rule, one, now);
                    byGroup.put(key, alert);
                }
                instance = new AlertInstance(one, now);
                alert.instances.put(one.key(), instance);
            }
            if (alert != null && instance != null && !instance.step(one, rule, now)) {
                alert.instances.remove(one.key());
            }
        }
        byGroup.forEach(
                (key, alert) -> {
                    if (alert.rule.name().equals(rule.name())) {
                        Set<String> there = present.getOrDefault(key, Set.of());
                        alert.instances
                                .entrySet()
                                .removeIf(
                                        entry ->
                                                !there.contains(entry.getKey())
                                                        && !entry.getValue().stepUnseen(rule, now));
                    }
                });
    }

    /** Whether there is nothing to open and nothing that is open, as nearly always. */
    private static boolean isQuiet(
            Rule rule, List<Observation> all, Map<String, OpenAlert> byGroup) {
        for (Observation one : all) {
            if (one.verdict() == Observation.Verdict.BAD) {
                return false;
            }
        }
        for (OpenAlert alert : byGroup.values()) {
            if (alert.rule.name().equals(rule.name())) {
                return false;
            }
        }
        return true;
    }

    private static String key(Rule rule, String group) {
        return rule.name() + " " + group;
    }

    /** One whose end was not told goes on: nobody is told of a change that is undone. */
    private OpenAlert reopenedOrNew(Rule rule, Observation one, Moment now) {
        if (rule.holdFor().isZero()) {
            for (OpenAlert over : open) {
                if (over.resolvedAt != null
                        && over.rule.name().equals(rule.name())
                        && over.group.equals(one.group())) {
                    over.resolvedAt = null;
                    over.leftOut += 2;
                    return over;
                }
            }
        }
        OpenAlert alert = new OpenAlert(nextId(), rule, one.group(), one.subject(), now.wall());
        open.add(alert);
        return alert;
    }

    private void settle(Moment now) {
        for (OpenAlert alert : open) {
            alert.describe();
            if (alert.firedAt == null
                    && alert.instances.values().stream().anyMatch(AlertInstance::isActive)) {
                alert.firedAt = now.wall();
            }
            if (alert.instances.isEmpty() && alert.resolvedAt == null) {
                alert.resolvedAt = now.wall();
            }
        }
        open.removeIf(alert -> alert.resolvedAt != null && alert.firedAt == null);
    }

    /** Finds out of whom somebody is told, and how urgently. */
    void judge(Silences silences, Moment now) {
        Inhibition.apply(open);
        for (OpenAlert alert : open) {
            if (alert.resolvedAt == null) {
                silence(alert, silences);
            }
            alert.escalate(now);
        }
    }

    private static void silence(OpenAlert alert, Silences silences) {
        Set<String> audible = new HashSet<>();
        Instant until = null;
        for (AlertInstance one : alert.instances.values()) {
            List<Subject> about =
                    Stream.concat(Stream.of(alert.subject), one.seen().about().stream()).toList();
            Optional<Instant> silent = silences.until(alert.rule.name(), about);
            if (one.isActive() && silent.isEmpty()) {
                audible.add(one.seen().key());
            }
            if (silent.isPresent() && (until == null || silent.get().isBefore(until))) {
                until = silent.get();
            }
        }
        alert.audible = audible;
        alert.silencedUntil = audible.isEmpty() ? until : null;
    }

    /**
     * Those that are over and of which nothing is to be told any more are history.
     *
     * @return these
     */
    List<OpenAlert> bury() {
        List<OpenAlert> over =
                open.stream().filter(alert -> alert.resolvedAt != null && !alert.told).toList();
        over.forEach(alert -> resolved.addFirst(alert.show()));
        open.removeAll(over);
        while (resolved.size() > KEPT) {
            resolved.removeLast();
        }
        return over;
    }

    /** The most pressing first, then those that are over. */
    List<Alert> show() {
        return Stream.concat(
                        open.stream().map(OpenAlert::show).sorted(PRESSING_FIRST),
                        resolved.stream())
                .toList();
    }
}
