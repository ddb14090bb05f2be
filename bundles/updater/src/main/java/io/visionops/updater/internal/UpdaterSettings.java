package io.visionops.updater.internal;

import io.visionops.support.DurationText;
import io.visionops.updater.internal.install.GateLimits;
import io.visionops.updater.internal.schedule.MaintenanceWindow;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The configuration, read.
 *
 * @param repositories addresses, the first to be tried first
 * @param root file name of the trusted root
 * @param daily looks once a day, and fetches what is new
 * @param window in which releases are installed without a person; empty where a person does it
 */
record UpdaterSettings(
        List<String> repositories,
        String root,
        boolean daily,
        Optional<MaintenanceWindow> window,
        GateLimits gate) {

    /** A frame waits up to two seconds in its ring, and a look at it may take one. */
    private static final Duration ANALYSED = Duration.ofSeconds(5);

    UpdaterSettings {
        repositories = List.copyOf(repositories);
    }

    static UpdaterSettings defaults() {
        return new UpdaterSettings(
                List.of(),
                "update-root.json",
                true,
                Optional.empty(),
                new GateLimits(Duration.ofSeconds(60), Duration.ofMinutes(3), ANALYSED));
    }

    /**
     * @throws IllegalArgumentException with one line for the admin
     */
    static UpdaterSettings read(UpdaterConfig config) {
        List<String> repositories =
                Arrays.stream(config.repository().split(","))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .toList();
        for (String repository : repositories) {
            if (!repository.matches("(file:/|https?://)\\S+")) {
                throw new IllegalArgumentException(
                        "repository = "
                                + repository
                                + " is refused: must begin with file:/, http:// or https://");
            }
        }
        Duration hold = duration("gate.hold", config.gate_hold(), 5, 3600);
        Duration most = duration("gate.limit", config.gate_limit(), 10, 7200);
        if (most.compareTo(hold) < 0) {
            throw new IllegalArgumentException(
                    "gate.limit is refused: must not be below gate.hold");
        }
        return new UpdaterSettings(
                repositories,
                config.root().strip(),
                daily(config.check().strip()),
                MaintenanceWindow.read(config.install()),
                new GateLimits(hold, most, ANALYSED));
    }

    private static boolean daily(String word) {
        return switch (word) {
            case "daily" -> true;
            case "off" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "check = " + word + " is refused: must be daily or off");
        };
    }

    private static Duration duration(String key, String text, int least, int most) {
        return DurationText.parse(text.strip())
                .filter(one -> one.toSeconds() >= least && one.toSeconds() <= most)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        key
                                                + " = "
                                                + text
                                                + " is refused: must be from "
                                                + least
                                                + "s to "
                                                + most
                                                + "s, "
                                                + DurationText.ALLOWED));
    }
}
