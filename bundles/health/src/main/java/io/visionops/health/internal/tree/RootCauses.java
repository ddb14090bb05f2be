package io.visionops.health.internal.tree;

import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Puts each fault below the one that explains it, so that a person sees first what to mend. A fault
 * explains none that is worse than itself.
 */
public final class RootCauses implements UnaryOperator<List<HealthNode>> {

    private static final Comparator<HealthNode> WORST_FIRST =
            Comparator.comparing(HealthNode::status).reversed().thenComparing(HealthNode::name);

    private final List<CauseRule> rules;

    public RootCauses() {
        this(CauseTable.RULES);
    }

    RootCauses(List<CauseRule> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public List<HealthNode> apply(List<HealthNode> flat) {
        Map<String, HealthNode> faults = new HashMap<>();
        flat.stream()
                .filter(node -> node.status() != HealthStatus.OK)
                .forEach(node -> faults.put(node.name(), node));
        Map<String, String> parents = new HashMap<>();
        for (HealthNode fault : faults.values().stream().sorted(WORST_FIRST).toList()) {
            cause(fault, faults, parents).ifPresent(cause -> parents.put(fault.name(), cause));
        }
        Map<String, List<HealthNode>> below = new HashMap<>();
        parents.forEach(
                (effect, cause) ->
                        below.computeIfAbsent(cause, unused -> new ArrayList<>())
                                .add(faults.get(effect)));
        return flat.stream()
                .filter(node -> !parents.containsKey(node.name()))
                .map(node -> with(node, below))
                .sorted(WORST_FIRST)
                .toList();
    }

    private Optional<String> cause(
            HealthNode fault, Map<String, HealthNode> faults, Map<String, String> parents) {
        for (CauseRule rule : rules) {
            Optional<String> cause =
                    faults.values().stream()
                            .filter(other -> other.status().compareTo(fault.status()) >= 0)
                            .map(HealthNode::name)
                            .filter(other -> explains(rule, other, fault.name()))
                            .filter(other -> !isBelow(other, fault.name(), parents))
                            .sorted()
                            .findFirst();
            if (cause.isPresent()) {
                return cause;
            }
        }
        return Optional.empty();
    }

    private static boolean explains(CauseRule rule, String cause, String effect) {
        Optional<Predicate<String>> effects = rule.effectsOf(cause);
        return effects.isPresent() && effects.get().test(effect);
    }

    /** Also a check itself: two that explain each other are no tree. */
    private static boolean isBelow(String check, String other, Map<String, String> parents) {
        for (String at = check; at != null; at = parents.get(at)) {
            if (at.equals(other)) {
                return true;
            }
        }
        return false;
    }

    private static HealthNode with(HealthNode node, Map<String, List<HealthNode>> below) {
        List<HealthNode> children =
                below.getOrDefault(node.name(), List.of()).stream()
                        .map(child -> with(child, below))
                        .sorted(WORST_FIRST)
                        .toList();
        return new HealthNode(
                node.name(),
                node.part(),
                node.status(),
                node.cause(),
                node.since(),
                node.remedy(),
                children);
    }
}
