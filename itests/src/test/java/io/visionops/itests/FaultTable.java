package io.visionops.itests;

import io.visionops.itests.CameraJournal.Entered;
import io.visionops.itests.Troubles.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Outcomes as a table in Markdown. */
final class FaultTable {

    private static final String HEAD =
            """
            | fault | server | verdict | cause | found after | cause named after | frames after it ended |
            | --- | --- | --- | --- | --- | --- | --- |
            """;

    private FaultTable() {}

    static String of(Collection<Outcome> outcomes) {
        StringBuilder table = new StringBuilder(HEAD);
        for (Outcome one : outcomes) {
            table.append(
                    "| %s | %s | %s | %s | %s | %s | %s |\n"
                            .formatted(
                                    one.trouble().fault(),
                                    one.trouble().server(),
                                    one.verdict().map(Entered::state).orElse("STREAMING"),
                                    one.verdict().map(Entered::cause).orElse("-"),
                                    seconds(one.found()),
                                    seconds(one.named()),
                                    one.found().isEmpty()
                                            ? "never stopped"
                                            : seconds(one.recovered())));
        }
        return table.toString();
    }

    private static String seconds(Optional<Duration> time) {
        return time.map(one -> String.format(Locale.ROOT, "%.1f s", one.toMillis() / 1e3))
                .orElse("-");
    }
}
