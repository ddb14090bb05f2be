package io.visionops.api.child;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to start.
 *
 * @param name unique among living children, for example {@code camera-front}
 * @param command program and arguments; visible to every user of the machine, so without secrets
 * @param environment added to the inherited one
 * @param input written to standard input, which is then closed; where secrets go
 * @param secrets replaced by {@code ***} wherever the child prints them
 */
public record ChildSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path folder,
        String input,
        Set<String> secrets) {

    public ChildSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        secrets = Set.copyOf(secrets);
    }

    @Override
    public String toString() {
        return "ChildSpec[" + name + "]";
    }
}
