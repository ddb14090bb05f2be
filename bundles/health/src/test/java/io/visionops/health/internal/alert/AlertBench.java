package io.visionops.health.internal.alert;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.api.alert.Alert;
import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.JournalRecord;
import io.visionops.health.internal.tree.RootCauses;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.meter.Reading;
import io.visionops.support.meter.SampledMeters;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.RecordingJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Alerts with checks, metrics, clocks and a journal that a test moves. */
final class AlertBench {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final Duration LOOK = Duration.ofSeconds(5);

    final ManualClock clock = new ManualClock(NOON);
    final RecordingJournal journal = new RecordingJournal();
    final Path rules;

    /** Whether the journal says that it has what it was given. */
    boolean confirms = true;

    /** Whether there has been a round of the checks. */
    boolean booted = true;

    private final Path folder;
    private final Map<String, HealthStatus> checks = new TreeMap<>();
    private final Map<String, Double> cameras = new TreeMap<>();
    private final SampledMeters meters = new SampledMeters();
    private final Random random = new Random(7);
    private MetricSource metrics = new MetricSource();
    AlertRounds rounds;

    AlertBench(Path folder, String text) {
        this.folder = folder;
        rules = folder.resolve("io.visionops.alerts.cfg");
        write(text);
        rounds = open();
    }

    void write(String text) {
        try {
            Files.writeString(rules, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AlertRounds open() {
        metrics = new MetricSource();
        metrics.add((MeterBinder) meters);
        return new AlertRounds(
                new RuleFile(
                        rules,
                        folder.resolve("alerts-last-good.cfg"),
                        KnownNames.ofThisRelease(),
                        clock),
                this::report,
                metrics,
                new AlertFile(folder),
                new AlertEvents(new TimeOrderedIds(clock, random)),
                this::give,
                clock,
                clock);
    }

    private void give(Entry entry, Runnable written) {
        journal.append(entry).join();
        if (confirms) {
            written.run();
        }
    }

    private Optional<HealthReport> report() {
        if (!booted) {
            return Optional.empty();
        }
        List<HealthNode> nodes = new ArrayList<>();
        checks.forEach(
                (name, status) ->
                        nodes.add(
                                new HealthNode(
                                        name,
                                        name.split("\\.", -1)[1],
                                        status,
                                        name + " is " + status,
                                        NOON,
                                        status == HealthStatus.OK ? "" : "mend " + name,
                                        List.of())));
        return Optional.of(
                new HealthReport(
                        HealthStatus.OK,
                        clock.instant(),
                        1,
                        HealthStatus.OK,
                        HealthStatus.OK,
                        new RootCauses().apply(nodes)));
    }

    void check(String name, HealthStatus status) {
        checks.put(name, status);
    }

    /** {@code visionops_camera_fps} of a camera. */
    void fps(String camera, double value) {
        cameras.put(camera, value);
        showCameras();
    }

    void removeCamera(String camera) {
        cameras.remove(camera);
        showCameras();
    }

    private void showCameras() {
        meters.show(
                cameras.entrySet().stream()
                        .map(
                                one ->
                                        Reading.gauge(
                                                "visionops.camera.fps",
                                                "",
                                                "",
                                                one.getValue(),
                                                "camera",
                                                one.getKey()))
                        .toList());
    }

    /** Looks now. */
    void look() {
        rounds.look();
    }

    /** Time passes, with a look every five seconds. */
    void pass(Duration length) {
        for (Duration left = length;
                !left.isZero() && !left.isNegative();
                left = left.minus(LOOK)) {
            clock.advance(LOOK);
            rounds.look();
        }
    }

    /** The program ends without a word, and starts again. */
    void kill() {
        rounds = open();
    }

    /** What was told, oldest first. */
    List<String> told() {
        return journal.events().stream().map(Event::detail).toList();
    }

    List<JournalRecord> records() {
        return journal.facts(JournalRecord.class);
    }

    /** The newest alert of a rule, over or not. */
    Alert alert(String rule) {
        return rounds.alerts().stream()
                .filter(one -> one.rule().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no alert of " + rule));
    }

    boolean has(String rule) {
        return rounds.alerts().stream().anyMatch(one -> one.rule().equals(rule));
    }
}
