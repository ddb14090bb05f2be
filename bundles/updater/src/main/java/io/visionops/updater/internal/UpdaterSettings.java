package io.visionops.updater.internal;

import io.visionops.support.DurationText;
import io.visionops.updater.internal.install.GateLimits;
import io.visionops.updater.internal.schedule.MaintenanceWindow;
import io.visionops.updater.internal.source.HttpSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration, read.
 *
 * @param repositories folders and addresses, the first to be tried first
 * @param rate bytes a second that are fetched at most; 0 for all
 * @param root file name of the trusted root
 * @param daily looks once a day, and fetches what is new
 * @param window in which releases are installed without a person; empty where a person does it
 */
record UpdaterSettings(
        List<URI> repositories,
        long rate,
        String root,
        boolean daily,
        Optional<MaintenanceWindow> window,
        GateLimits gate) {

    /** A frame waits up to two seconds in its ring, and a look at it may take one. */
    private static final Duration ANALYSED = Duration.ofSeconds(5);

    /** Below it a release would not come in a night. */
    private static final long LEAST_RATE = 10_000;

    UpdaterSettings {
        repositories = List.copyOf(repositories);
    }

    static UpdaterSettings defaults() {
        return new UpdaterSettings(
                List.of(),
                0,
                "update-root.json",
                true,
                Optional.empty(),
                new GateLimits(Duration.ofSeconds(60), Duration.ofMinutes(3), ANALYSED));
    }

    /**
     * @throws IllegalArgumentException with one line for the admin
     */
    static UpdaterSettings read(UpdaterConfig config) {
        Duration hold = duration("gate.hold", config.gate_hold(), 5, 3600);
        Duration most = duration("gate.limit", config.gate_limit(), 10, 7200);
        if (most.compareTo(hold) < 0) {
            throw new IllegalArgumentException(
                    "gate.limit is refused: must not be below gate.hold");
        }
        return new UpdaterSettings(
                repositories(config.repository()),
                rate(config.rate().strip()),
                config.root().strip(),
                daily(config.check().strip()),
                MaintenanceWindow.read(config.install()),
                new GateLimits(hold, most, ANALYSED));
    }

    private static List<URI> repositories(String words) {
        List<URI> all = new ArrayList<>();
        for (String one : words.split(",")) {
            if (!one.isBlank()) {
                all.add(repository(one.strip()));
            }
        }
        return all;
    }

    /** Looked at as a whole now: what is refused later is a look that fails each day. */
    private static URI repository(String text) {
        try {
            URI address = new URI(text);
            return text.startsWith("file:/")
                    ? Path.of(address).toUri()
                    : HttpSource.folder(address);
        } catch (URISyntaxException | IllegalArgumentException e) {
            // The words of the first may hold a password.
            String why =
                    e instanceof IllegalArgumentException ? e.getMessage() : "it is no address";
            throw new IllegalArgumentException(
                    "repository is refused: " + why + "; file:/ folders, http:// and https://", e);
        }
    }

    private static long rate(String text) {
        if (text.equals("0")) {
            return 0;
        }
        if (!text.matches("[0-9]{1,7}k")) {
            throw new IllegalArgumentException(
                    "rate = "
                            + text
                            + " is refused: must be 0 or such as 500k, kilobytes a second");
        }
        long rate = 1000 * Long.parseLong(text.substring(0, text.length() - 1));
        if (rate < LEAST_RATE) {
            throw new IllegalArgumentException(
                    "rate = " + text + " is refused: must be 10k at least, or 0 for all there is");
        }
        return rate;
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
