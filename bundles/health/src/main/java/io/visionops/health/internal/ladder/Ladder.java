package io.visionops.health.internal.ladder;

import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.subject.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which repair is due. A rung that did not help is not tried again for the same fault until
 * hours later, and each has a budget. Times are monotonic. Not thread-safe.
 */
final class Ladder {

    /** What is over by itself within this time is left alone. */
    static final Duration HOLD = Duration.ofSeconds(20);

    /** After a person was called in vain, all is tried once more: what is around it may differ. */
    static final Duration AGAIN = Duration.ofHours(6);

    private final List<LadderRule> rules;
    private final Function<String, List<Subject>> targets;
    private final Predicate<Subject> growing;
    private final Map<String, Fault> faults = new HashMap<>();

    private final RepairBudget budget;

    /**
     * @param targets of an action by its name; none when it is not there
     * @param growing whether a repair of it gives back memory of what grows
     * @param budget what is left of it
     */
    Ladder(
            List<LadderRule> rules,
            Function<String, List<Subject>> targets,
            Predicate<Subject> growing,
            RepairBudget budget) {
        this.budget = budget;
        this.rules = rules;
        this.targets = targets;
        this.growing = growing;
    }

    private static final class Fault {

        private final Duration began;
        private final Duration verify;
        private Duration wait;
        private final Set<String> recycled = new HashSet<>();
        private int next;
        private int steps;
        private @Nullable Duration givenUp;
        private boolean told;
        private @Nullable Duration acted;
        private String action = "";

        Fault(Duration began, Duration verify) {
            this.began = began;
            this.verify = verify;
            this.wait = verify;
        }

        /** What has to observe first and is well meanwhile knows nothing yet. */
        boolean isObserved(Duration now) {
            return acted != null
                    && wait.compareTo(LadderRule.VERIFY) > 0
                    && now.minus(acted).compareTo(wait) < 0;
        }

        /** Begins once more, from below. */
        void beginAgain() {
            givenUp = null;
            acted = null;
            next = 0;
            recycled.clear();
        }

        boolean isTime(Duration now) {
            return acted == null
                    ? now.minus(began).compareTo(HOLD) >= 0
                    : now.minus(acted).compareTo(wait) >= 0;
        }
    }

    /** What to do and to tell after a round; the end of a repair is told with {@link #acted}. */
    List<Move> next(HealthReport report, Duration now) {
        List<Move> moves = new ArrayList<>(healed(report, now));
        for (HealthNode node : report.checks()) {
            if (node.status() == HealthStatus.CRITICAL) {
                rule(node.name()).flatMap(rule -> step(node, rule, now)).ifPresent(moves::add);
            }
        }
        return moves;
    }

    /**
     * A repair has ended: from now on it has time to show whether it helped. Of one that failed
     * nothing is to be seen, so that the next one need not wait for it.
     */
    void acted(Move.Act act, boolean done, Duration now) {
        Fault fault = faults.get(act.check());
        if (fault != null) {
            fault.acted = now;
            fault.wait = done ? fault.verify : LadderRule.VERIFY;
        }
    }

    private Optional<LadderRule> rule(String check) {
        return rules.stream().flatMap(rule -> rule.of(check).stream()).findFirst();
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
            Fault fault = one.getValue();
            if ((well || status == null) && !fault.isObserved(now)) {
                all.remove();
                // One that is explained by another now goes on below that one.
                if (well && fault.steps > 0) {
                    moves.add(new Move.Healed(one.getKey(), fault.action, now.minus(fault.began)));
                }
            }
        }
        return moves;
    }

    private Optional<Move> step(HealthNode node, LadderRule rule, Duration now) {
        Fault fault = faults.computeIfAbsent(node.name(), name -> new Fault(now, rule.verify()));
        if (fault.givenUp != null && now.minus(fault.givenUp).compareTo(AGAIN) >= 0) {
            fault.beginAgain();
        }
        if (fault.givenUp != null || !fault.isTime(now)) {
            return Optional.empty();
        }
        for (int i = 0; i < rule.rungs().size(); i++) {
            Rung rung = rule.rungs().get(i);
            List<Subject> of = targets(rung, node.cause(), fault);
            // What has begun to grow meanwhile is recycled before the rungs above are tried.
            if (i < fault.next && !rung.target().equals(Rung.GROWING)) {
                continue;
            }
            fault.next = Math.max(fault.next, i + 1);
            if (!of.isEmpty() && budget.allows(node.name(), rung, now)) {
                budget.spend(node.name(), rung, now);
                if (rung.target().equals(Rung.GROWING)) {
                    of.forEach(one -> fault.recycled.add(rung.action() + " " + one));
                }
                fault.steps++;
                fault.acted = now;
                fault.action = rung.action();
                return Optional.of(
                        new Move.Act(node.name(), fault.steps, rung.action(), of, node.cause()));
            }
        }
        fault.givenUp = now;
        // Where nothing could be tried, as for a part that somebody has stopped, the check says it
        // all.
        if (fault.steps == 0 || fault.told) {
            return Optional.empty();
        }
        fault.told = true;
        return Optional.of(new Move.GiveUp(node.name(), fault.steps, node.cause()));
    }

    private List<Subject> targets(Rung rung, String cause, Fault fault) {
        List<Subject> all = targets.apply(rung.action());
        return switch (rung.target()) {
            case Rung.ALL -> all;
            case Rung.GROWING ->
                    all.stream()
                            .filter(growing)
                            .filter(one -> !fault.recycled.contains(rung.action() + " " + one))
                            .toList();
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
