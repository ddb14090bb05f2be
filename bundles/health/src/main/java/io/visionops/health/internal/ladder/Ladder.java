package io.visionops.health.internal.ladder;

import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.subject.Subject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which repair is due. A rung that did not help is not tried again for the same fault, and
 * each has a budget an hour. Times are monotonic. Not thread-safe.
 */
final class Ladder {

    /** What is over by itself within this time is left alone. */
    static final Duration HOLD = Duration.ofSeconds(20);

    /** A repair has so long to show whether it helped. */
    static final Duration VERIFY = Duration.ofSeconds(75);

    private static final Duration HOUR = Duration.ofHours(1);

    private final List<LadderRule> rules;
    private final Function<String, List<Subject>> targets;
    private final Map<String, Fault> faults = new HashMap<>();

    /** When each rung of each check was made within the last hour. */
    private final Map<String, Deque<Duration>> made = new HashMap<>();

    /**
     * @param targets of an action by its name; none when it is not there
     */
    Ladder(List<LadderRule> rules, Function<String, List<Subject>> targets) {
        this.rules = rules;
        this.targets = targets;
    }

    private static final class Fault {

        private final Duration began;
        private int next;
        private int steps;
        private boolean givenUp;
        private @Nullable Duration acted;
        private String action = "";

        Fault(Duration began) {
            this.began = began;
        }

        boolean isTime(Duration now) {
            return acted == null
                    ? now.minus(began).compareTo(HOLD) >= 0
                    : now.minus(acted).compareTo(VERIFY) >= 0;
        }
    }

    /** What to do and to tell after a round; the time of a repair is told with {@link #acted}. */
    List<Move> next(HealthReport report, Duration now) {
        List<Move> moves = new ArrayList<>(healed(report, now));
        for (HealthNode node : report.checks()) {
            if (node.status() == HealthStatus.CRITICAL) {
                Optional<List<Rung>> rungs = rungs(node.name());
                rungs.flatMap(all -> step(node, all, now)).ifPresent(moves::add);
            }
        }
        return moves;
    }

    /** A repair has ended: from now on it has time to show whether it helped. */
    void acted(Move.Act act, Duration now) {
        Fault fault = faults.get(act.check());
        if (fault != null) {
            fault.acted = now;
        }
    }

    private Optional<List<Rung>> rungs(String check) {
        return rules.stream().flatMap(rule -> rule.rungs(check).stream()).findFirst();
    }

    private List<Move> healed(HealthReport report, Duration now) {
        Map<String, HealthStatus> statuses =
                report.checks().stream()
                        .collect(
                                Collectors.toMap(
                                        HealthNode::name, HealthNode::status, (a, b) -> a));
        List<Move> moves = new ArrayList<>();
        for (Iterator<Map.Entry<String, Fault>> all = faults.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<String, Fault> one = all.next();
            HealthStatus status = statuses.get(one.getKey());
            boolean well = status == HealthStatus.OK || status == HealthStatus.WARN;
            if (well || status == null) {
                all.remove();
                Fault fault = one.getValue();
                // One that is explained by another now goes on below that one.
                if (well && fault.steps > 0) {
                    moves.add(new Move.Healed(one.getKey(), fault.action, now.minus(fault.began)));
                }
            }
        }
        return moves;
    }

    private Optional<Move> step(HealthNode node, List<Rung> rungs, Duration now) {
        Fault fault = faults.computeIfAbsent(node.name(), name -> new Fault(now));
        if (fault.givenUp || !fault.isTime(now)) {
            return Optional.empty();
        }
        while (fault.next < rungs.size()) {
            Rung rung = rungs.get(fault.next++);
            List<Subject> of = targets(rung, node.cause());
            Deque<Duration> times =
                    made.computeIfAbsent(
                            node.name() + " " + rung.action(), key -> new ArrayDeque<>());
            while (!times.isEmpty() && now.minus(times.getFirst()).compareTo(HOUR) >= 0) {
                times.removeFirst();
            }
            if (!of.isEmpty() && times.size() < rung.anHour()) {
                times.add(now);
                fault.steps++;
                fault.acted = now;
                fault.action = rung.action();
                return Optional.of(
                        new Move.Act(node.name(), fault.steps, rung.action(), of, node.cause()));
            }
        }
        fault.givenUp = true;
        // Where nothing could be tried, as for a part that somebody has stopped, the check says it
        // all.
        return fault.steps == 0
                ? Optional.empty()
                : Optional.of(new Move.GiveUp(node.name(), fault.steps, node.cause()));
    }

    private List<Subject> targets(Rung rung, String cause) {
        List<Subject> all = targets.apply(rung.action());
        return switch (rung.target()) {
            case Rung.ALL -> all;
            case Rung.NAMED -> all.stream().filter(one -> isNamed(one, cause)).toList();
            default -> all.stream().filter(one -> one.toString().equals(rung.target())).toList();
        };
    }

    private static boolean isNamed(Subject subject, String cause) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(subject.name()) + "(?![\\w-])")
                .matcher(cause)
                .find();
    }
}
