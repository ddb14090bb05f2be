package io.visionops.shell.internal.completion;

import io.visionops.api.health.HealthNode;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Names of the checks of the last round. */
@Service
public final class CheckNames extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return parts.find(Part.HEALTH).flatMap(monitor -> monitor.report()).stream()
                .flatMap(report -> names(report.checks()));
    }

    private static Stream<String> names(List<HealthNode> nodes) {
        return nodes.stream()
                .flatMap(node -> Stream.concat(Stream.of(node.name()), names(node.children())));
    }
}
