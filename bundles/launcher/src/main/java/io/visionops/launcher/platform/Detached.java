package io.visionops.launcher.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code setsid} of util-linux: a session of its own for a process, out of reach of a terminal. */
public final class Detached {

    private Detached() {}

    public static Optional<Path> prefix() {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (String folder : path.split(":")) {
            Path program = Path.of(folder).resolve("setsid");
            if (Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }
}
