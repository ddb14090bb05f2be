package io.visionops.health.internal.alert;

import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What rules about checks see in a report, with what explains what there. */
final class CheckSource {

    private CheckSource() {}

    static List<Observation> observe(Rule.OfCheck condition, HealthReport report) {
        List<Observation> seen = new ArrayList<>();
        report.checks().forEach(root -> observe(condition, root, List.of(), seen));
        return seen;
    }

    private static void observe(
            Rule.OfCheck condition, HealthNode node, List<String> above, List<Observation> seen) {
        if (condition.matches(node.name())) {
            Subject check = new Subject("check", node.name());
            List<Subject> about =
                    Stream.concat(
                                    Stream.of(check),
                                    Optional.of(node.part())
                                            .filter(part -> !part.isEmpty())
                                            .map(Subject::part)
                                            .stream())
                            .toList();
            seen.add(
                    new Observation(
                            node.name(),
                            check,
                            node.name(),
                            about,
                            judge(condition, node.status()),
                            node.cause(),
                            node.remedy(),
                            below(node).toList(),
                            above));
        }
        if (node.children().isEmpty()) {
            return;
        }
        List<String> nearestFirst = new ArrayList<>(above);
        nearestFirst.add(0, node.name());
        node.children().forEach(child -> observe(condition, child, nearestFirst, seen));
    }

    private static Stream<String> below(HealthNode node) {
        return node.children().stream()
                .flatMap(child -> Stream.concat(Stream.of(child.name()), below(child)));
    }

    /** That a check itself fails is a warning: nobody knows. */
    private static Observation.Verdict judge(Rule.OfCheck condition, HealthStatus status) {
        boolean bad =
                switch (status) {
                    case CRITICAL -> true;
                    case WARN, HEALTH_CHECK_ERROR -> condition.warnings();
                    case OK, TEMPORARILY_UNAVAILABLE -> false;
                };
        if (bad) {
            return Observation.Verdict.BAD;
        }
        return status == HealthStatus.TEMPORARILY_UNAVAILABLE
                ? Observation.Verdict.HOLD
                : Observation.Verdict.WELL;
    }
}
