package io.visionops.shell.internal.command;

import io.visionops.api.health.HealthMonitor;
import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.query.JournalReader;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.json.CapabilitiesDocument.Row;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What the program does besides watching, from its parts and its checks. */
final class ProgramCapabilities {

    private static final String CONSOLE = "io.visionops.console";
    private static final String UPDATER = "io.visionops.updater";

    private final Parts parts;
    private final BundleContext bundles;
    private final Optional<JournalReader> reader;
    private final Optional<HealthMonitor> monitor;

    ProgramCapabilities(Parts parts, BundleContext bundles) {
        this.parts = parts;
        this.bundles = bundles;
        reader = parts.find(Part.JOURNAL_READER);
        monitor = parts.find(Part.HEALTH);
    }

    Row database() {
        if (reader.isEmpty()) {
            return Capability.absent("database", parts.missing(Part.JOURNAL_READER));
        }
        for (String check : List.of("visionops.store.open", "visionops.store.write")) {
            Optional<HealthNode> node = node(check);
            if (node.isPresent() && node.get().status() != HealthStatus.OK) {
                String cause = check + ": " + node.get().cause();
                return node.get().status() == HealthStatus.CRITICAL
                        ? Capability.absent("database", cause)
                        : Capability.reduced("database", "writes go on", cause);
            }
        }
        return Capability.full("database", "everything is written");
    }

    Row snapshots() {
        String data = System.getProperty("visionops.data", "");
        long free = data.isEmpty() ? Long.MAX_VALUE : new File(data).getUsableSpace();
        if (free < StatusCollector.ENOUGH) {
            return Capability.absent(
                    "snapshots",
                    Plain.size(free)
                            + " are left on the disk, "
                            + Plain.size(StatusCollector.ENOUGH)
                            + " are needed");
        }
        return reader.isEmpty()
                ? Capability.absent("snapshots", parts.missing(Part.JOURNAL_READER))
                : Capability.full("snapshots", "pictures of events are kept");
    }

    Row page() {
        return bundle(CONSOLE)
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .map(bundle -> Capability.full("http", "/metrics and /health answer"))
                .orElse(
                        Capability.absent(
                                "http",
                                "bundle " + CONSOLE + " is not active: bundle:start " + CONSOLE));
    }

    /** Whoever reads this has it. */
    Row shell() {
        return Capability.full("shell", "commands are answered");
    }

    Row health() {
        if (monitor.isEmpty()) {
            return Capability.absent("health", parts.missing(Part.HEALTH));
        }
        return monitor.get().isOverdue()
                ? Capability.absent("health", "checks hang")
                : Capability.full("health", "checks are made");
    }

    Row restarts() {
        Optional<HealthNode> node = node("visionops.health.watchdog");
        if (node.isEmpty()) {
            return Capability.absent("restarts", "nothing is known of the watchdog");
        }
        return node.get().status() == HealthStatus.OK
                ? Capability.full("restarts", "the watchdog starts the program again")
                : Capability.reduced("restarts", "", node.get().cause());
    }

    Row updates() {
        return bundle(UPDATER).isPresent()
                ? Capability.full("updates", "")
                : Capability.absent(
                        "updates",
                        "this release has no updater: stop, unpack the next release, start");
    }

    private Optional<Bundle> bundle(String name) {
        return Arrays.stream(bundles.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst();
    }

    /** What the last round said of a check; below its cause too. */
    private Optional<HealthNode> node(String check) {
        return monitor.flatMap(HealthMonitor::report).map(HealthReport::checks).stream()
                .flatMap(List::stream)
                .flatMap(ProgramCapabilities::all)
                .filter(node -> node.name().equals(check))
                .findFirst();
    }

    private static Stream<HealthNode> all(HealthNode node) {
        return Stream.concat(
                Stream.of(node), node.children().stream().flatMap(ProgramCapabilities::all));
    }
}
