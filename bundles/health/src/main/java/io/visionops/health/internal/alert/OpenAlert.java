package io.visionops.health.internal.alert;

import io.visionops.api.alert.Alert;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert that is not over, or of whose end nobody has been told yet: what it is about, and what
 * has been told of it. Not thread-safe.
 */
final class OpenAlert {

    private static final int LONGEST_CAUSE = 1_000;

    final String id;
    final String group;
    final Subject subject;
    final Map<String, AlertInstance> instances = new TreeMap<>();

    /** As it is in the file now. */
    Rule rule;

    Instant since;
    @Nullable Instant firedAt;
    @Nullable Instant resolvedAt;
    @Nullable Actor acknowledgedBy;
    @Nullable String inhibitedBy;
    @Nullable Instant silencedUntil;

    /** Keys of the instances about which somebody may be told. */
    Set<String> audible = Set.of();

    /** Since when it fires and is neither silenced nor explained. */
    @Nullable Instant audibleSince;

    long audibleNanos;
    int step;

    /** What has been told of it. */
    boolean told;

    long toldNanos;
    int toldStep;
    Set<String> toldKeys = Set.of();

    /** Changes that were not told one by one. */
    int leftOut;

    /** It would have been told, had there been room. */
    boolean waited;

    /** As it was when its condition last held. */
    private String cause = "";

    private String remedy = "";
    private List<String> affected = List.of();

    OpenAlert(String id, Rule rule, String group, Subject subject, Instant since) {
        this.id = id;
        this.rule = rule;
        this.group = group;
        this.subject = subject;
        this.since = since;
    }

    /** Takes over what its instances say; nothing where there are none. */
    void describe() {
        if (instances.isEmpty()) {
            return;
        }
        List<AlertInstance> told = instances.values().stream().filter(a -> a.isActive()).toList();
        List<AlertInstance> all = told.isEmpty() ? List.copyOf(instances.values()) : told;
        Observation first = all.get(0).seen();
        String words =
                all.size() == 1
                        ? first.cause()
                        : all.size() + " at once, one of them: " + first.cause();
        cause = words.substring(0, Math.min(LONGEST_CAUSE, words.length()));
        remedy = first.remedy();
        Set<String> names = new LinkedHashSet<>();
        for (AlertInstance one : all) {
            if (!one.seen().key().isEmpty()) {
                names.add(one.seen().key());
            }
            names.addAll(one.seen().explains());
        }
        affected = new ArrayList<>(names);
    }

    /** Words of an earlier run, until a look says more. */
    void describe(String cause, String remedy, List<String> affected) {
        this.cause = cause;
        this.remedy = remedy;
        this.affected = List.copyOf(affected);
    }

    Alert.State state() {
        if (resolvedAt != null) {
            return Alert.State.RESOLVED;
        }
        if (firedAt == null) {
            return Alert.State.PENDING;
        }
        if (inhibitedBy != null) {
            return Alert.State.INHIBITED;
        }
        if (silencedUntil != null) {
            return Alert.State.SILENCED;
        }
        return acknowledgedBy != null ? Alert.State.ACKNOWLEDGED : Alert.State.FIRING;
    }

    /** Whether somebody is to be told of it. */
    boolean isAudible() {
        Alert.State state = state();
        return state == Alert.State.FIRING || state == Alert.State.ACKNOWLEDGED;
    }

    /** Follows from what it is, after all of that has been found out. */
    void escalate(Moment now) {
        if (!isAudible()) {
            audibleSince = null;
        } else if (audibleSince == null) {
            audibleSince = now.wall();
            audibleNanos = now.nanos();
        } else if (acknowledgedBy == null) {
            long due =
                    rule.escalation().stream()
                            .filter(after -> now.since(audibleNanos).compareTo(after) >= 0)
                            .count();
            step = Math.max(step, (int) due);
        }
    }

    /** It is about more than what somebody has acknowledged: nobody takes care of all of it. */
    void startAnew(Moment now) {
        if (acknowledgedBy != null) {
            acknowledgedBy = null;
            step = 0;
            audibleSince = now.wall();
            audibleNanos = now.nanos();
        }
    }

    String cause() {
        return cause;
    }

    String remedy() {
        return remedy;
    }

    List<String> affected() {
        return affected;
    }

    Alert show() {
        return new Alert(
                id,
                rule.name(),
                subject,
                rule.severity(),
                state(),
                cause,
                since,
                Optional.ofNullable(firedAt),
                Optional.ofNullable(resolvedAt),
                affected,
                Optional.ofNullable(inhibitedBy),
                Optional.ofNullable(acknowledgedBy),
                Optional.ofNullable(silencedUntil),
                step,
                remedy,
                rule.runbook());
    }
}
