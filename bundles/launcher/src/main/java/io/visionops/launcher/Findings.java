package io.visionops.launcher;

import io.visionops.launcher.platform.Failure;
import java.time.Duration;
import java.util.List;

/** What is not well in an instance that runs, in the words of its own {@code status}. */
final class Findings {

    private static final Duration CALL = Duration.ofSeconds(15);

    private Findings() {}

    /** One finding a line; none when all is well or nobody answers. */
    static List<String> of(Running running) {
        try {
            return in(running.ask("visionops:status", CALL).text());
        } catch (Failure e) {
            return List.of();
        }
    }

    /** Those in a status: the lines that are set in, below the first. */
    static List<String> in(String status) {
        return status.lines()
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .map(String::strip)
                .toList();
    }
}
