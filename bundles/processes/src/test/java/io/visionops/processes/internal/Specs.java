package io.visionops.processes.internal;

import io.visionops.api.child.ChildSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Children for tests: small shell scripts. */
final class Specs {

    private static final Path FOLDER = Path.of("/");

    private Specs() {}

    static ChildSpec script(String name, String script) {
        return command(name, "/bin/sh", "-c", script);
    }

    static ChildSpec command(String name, String... command) {
        return new ChildSpec(name, List.of(command), Map.of(), FOLDER, "", Set.of());
    }

    static ChildSpec withInput(ChildSpec spec, String input) {
        return new ChildSpec(
                spec.name(),
                spec.command(),
                spec.environment(),
                spec.folder(),
                input,
                spec.secrets());
    }

    static ChildSpec withSecrets(ChildSpec spec, String... secrets) {
        return new ChildSpec(
                spec.name(),
                spec.command(),
                spec.environment(),
                spec.folder(),
                spec.input(),
                Set.of(secrets));
    }
}
