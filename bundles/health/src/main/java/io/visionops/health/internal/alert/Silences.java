package io.visionops.health.internal.alert;

import io.visionops.api.alert.Silence;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.support.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who is not told of what, and until when. Each ends by whichever clock is first: one that was set
 * back makes none longer. Not thread-safe.
 */
final class Silences {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int LONGEST_REASON = 200;
    private static final int MOST = 200;

    private final Map<String, Held> held = new TreeMap<>();

    private record Held(Silence silence, long endNanos) {}

    /** One that an earlier run has left. */
    void restore(Silence silence, Moment now) {
        held.put(silence.id(), held(silence, now));
    }

    private static Held held(Silence silence, Moment now) {
        Duration whole = Duration.between(silence.since(), silence.until());
        Duration left = Duration.between(now.wall(), silence.until());
        Duration bounded = left.compareTo(whole) > 0 ? whole : left;
        return new Held(silence, now.nanos() + Math.max(0, bounded.toNanos()));
    }

    /**
     * @throws IllegalArgumentException with one line when something of it is not allowed
     */
    Silence add(
            String id,
            String target,
            Duration length,
            Actor by,
            String reason,
            Collection<String> rules,
            Moment now) {
        if (target.indexOf('/') >= 0) {
            Subject.parse(target);
        } else if (!rules.contains(target)) {
            throw new IllegalArgumentException(
                    "there is no rule "
                            + target
                            + "; a subject is written kind/name, as in camera/front");
        }
        if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a silence of "
                            + DurationText.show(length)
                            + " is refused: from 1m to 30d are allowed");
        }
        if (reason.length() > LONGEST_REASON || reason.matches("(?s).*\\p{Cntrl}.*")) {
            throw new IllegalArgumentException(
                    "a reason is one line of " + LONGEST_REASON + " characters at most");
        }
        if (held.size() >= MOST) {
            throw new IllegalArgumentException(
                    MOST + " silences are in force, and no more allowed");
        }
        Silence silence = new Silence(id, target, now.wall(), now.wall().plus(length), by, reason);
        held.put(id, held(silence, now));
        return silence;
    }

    /**
     * @throws IllegalArgumentException with one line when there is none of that id
     */
    Silence remove(String id) {
        Held one = held.remove(id);
        if (one == null) {
            throw new IllegalArgumentException("there is no silence " + id + " in force");
        }
        return one.silence();
    }

    /** Drops those that are over. */
    boolean expire(Moment now) {
        return held.values()
                .removeIf(
                        one ->
                                now.nanos() - one.endNanos() >= 0
                                        || !now.wall().isBefore(one.silence().until()));
    }

    List<Silence> list() {
        List<Silence> list = new ArrayList<>(held.values().stream().map(Held::silence).toList());
        list.sort(Comparator.comparing(Silence::until));
        return List.copyOf(list);
    }

    /** Until when nobody is told of this rule and these subjects; empty when somebody is. */
    Optional<Instant> until(String rule, Collection<Subject> about) {
        return held.values().stream()
                .map(Held::silence)
                .filter(
                        one ->
                                one.isOfRule()
                                        ? one.target().equals(rule)
                                        : about.stream()
                                                .anyMatch(
                                                        subject ->
                                                                subject.toString()
                                                                        .equals(one.target())))
                .map(Silence::until)
                .max(Comparator.naturalOrder());
    }
}
