package io.visionops.health.internal.alert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which alert explains which, so that one is told of the first cause alone: the tree of the health
 * checks says it, the rules do ({@code inhibited.by}), and of two about one subject the more severe
 * one explains the other. One that is pending explains too: it is the first to be known. An alert
 * is explained by none of less severity through the tree: who sees a warning looks at it tomorrow.
 */
final class Inhibition {

    private Inhibition() {}

    static void apply(Collection<OpenAlert> alerts) {
        List<OpenAlert> open = alerts.stream().filter(one -> one.resolvedAt == null).toList();
        Map<String, List<OpenAlert>> byRule = new HashMap<>();
        Map<String, List<OpenAlert>> byGroup = new HashMap<>();
        for (OpenAlert one : open) {
            byRule.computeIfAbsent(one.rule.name(), unused -> new ArrayList<>()).add(one);
            byGroup.computeIfAbsent(one.group, unused -> new ArrayList<>()).add(one);
        }
        Map<OpenAlert, OpenAlert> causes = new HashMap<>();
        for (OpenAlert one : open) {
            OpenAlert cause = cause(one, byRule, byGroup);
            if (cause != null) {
                causes.put(one, cause);
            }
        }
        for (OpenAlert one : open) {
            OpenAlert root = root(one, causes);
            one.inhibitedBy = root == null ? null : root.id;
        }
    }

    private static @Nullable OpenAlert cause(
            OpenAlert one,
            Map<String, List<OpenAlert>> byRule,
            Map<String, List<OpenAlert>> byGroup) {
        for (OpenAlert same : byGroup.getOrDefault(one.group, List.of())) {
            if (same.rule.severity().compareTo(one.rule.severity()) > 0) {
                return same;
            }
        }
        for (AlertInstance instance : one.instances.values()) {
            for (String check : instance.seen().explainedBy()) {
                for (OpenAlert above : byGroup.getOrDefault(check, List.of())) {
                    if (above.rule.severity().compareTo(one.rule.severity()) >= 0) {
                        return above;
                    }
                }
            }
        }
        return one.rule.inhibitedBy().stream()
                .sorted()
                .flatMap(rule -> byRule.getOrDefault(rule, List.of()).stream())
                .findFirst()
                .orElse(null);
    }

    /** The first cause; none where they explain each other in a circle, so that one is told. */
    private static @Nullable OpenAlert root(OpenAlert one, Map<OpenAlert, OpenAlert> causes) {
        Set<OpenAlert> passed = new HashSet<>();
        OpenAlert root = null;
        OpenAlert next = causes.get(one);
        while (next != null) {
            if (!passed.add(next)) {
                return null;
            }
            root = next;
            next = causes.get(next);
        }
        return root;
    }
}
