package io.visionops.updater.internal.install;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.camera.Cameras;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Judges what was installed, look by look: it is kept when nothing is worse than before for a while
 * without a break. For one thread.
 */
public final class HealthGate {

    /** Parts come up, cameras are taken over, and rounds of checks see it. */
    static final Duration GRACE = Duration.ofSeconds(10);

    /**
     * What the update itself, the machine, the network or the hour moves, or an update before this
     * one: no fault of what was installed.
     */
    private static final Set<String> NOT_ITS_FAULT =
            Set.of(
                    "visionops.updater.releases",
                    "visionops.backup.age",
                    "visionops.backup.offsite",
                    "visionops.health.network",
                    "visionops.health.uptime",
                    "visionops.health.forecast",
                    "visionops.health.cpu",
                    "visionops.health.temperature",
                    "visionops.health.clock",
                    "visionops.health.disk",
                    "visionops.health.governor");

    private final Baseline before;
    private final Surroundings parts;
    private final Supplier<List<String>> wrongBundles;
    private final CommitProbe commits;
    private final ProcessorUse processors;
    private final GateLimits limits;
    private final Clock clock;
    private final Ticker ticker;
    private final Instant began;
    private final long start;
    private long goodSince;
    private boolean good;
    private String last = "nothing was looked at yet";

    /** What a look has come to. */
    public sealed interface Verdict {
        /** Not yet long enough, or not yet good; with the reason. */
        record Waiting(String reason) implements Verdict {}

        record Passed() implements Verdict {}

        record Failed(String reason) implements Verdict {}
    }

    /**
     * @param wrongBundles what is not as the release has it
     * @param limits for how long it has to be good, and until when
     */
    HealthGate(
            Baseline before,
            Surroundings parts,
            Supplier<List<String>> wrongBundles,
            CommitProbe commits,
            ProcessorUse processors,
            GateLimits limits,
            Clock clock,
            Ticker ticker) {
        this.before = before;
        this.parts = parts;
        this.wrongBundles = wrongBundles;
        this.commits = commits;
        this.processors = processors;
        this.limits = limits;
        this.clock = clock;
        this.ticker = ticker;
        began = clock.instant();
        start = ticker.nanos();
    }

    /** Looks once; a part that fails when it is asked is not good. */
    public Verdict look() {
        long now = ticker.nanos();
        Duration since = Duration.ofNanos(now - start);
        try {
            return look(now, since);
        } catch (RuntimeException | LinkageError e) {
            return notYet("a part cannot be asked: " + e, since);
        }
    }

    private Verdict look(long now, Duration since) {
        boolean settled = since.compareTo(GRACE) > 0;
        List<String> bundles = wrongBundles.get();
        if (!bundles.isEmpty()) {
            return settled
                    ? new Verdict.Failed(String.join("; ", bundles))
                    : notYet(bundles.get(0), since);
        }
        Optional<String> commit = commits.fault();
        if (commit.isPresent()) {
            return notYet(commit.get(), since);
        }
        Optional<String> camera = camera();
        if (camera.isPresent()) {
            return notYet(camera.get(), since);
        }
        Optional<String> check = check();
        if (check.isPresent()) {
            return notYet(check.get(), since);
        }
        Optional<String> spins = processors.fault(before.processors());
        if (spins.isPresent()) {
            return notYet(spins.get(), since);
        }
        if (!good) {
            good = true;
            goodSince = now;
        }
        Duration held = Duration.ofNanos(now - goodSince);
        return held.compareTo(limits.hold()) >= 0
                ? new Verdict.Passed()
                : new Verdict.Waiting(
                        "all is as before since "
                                + held.toSeconds()
                                + " s of "
                                + limits.hold().toSeconds());
    }

    private Verdict notYet(String reason, Duration since) {
        good = false;
        last = reason;
        return since.compareTo(limits.most()) > 0
                ? new Verdict.Failed(last)
                : new Verdict.Waiting(reason);
    }

    private Optional<String> camera() {
        if (before.streaming().isEmpty() && before.analysed().isEmpty()) {
            return Optional.empty();
        }
        Map<String, CameraStatus> now = new HashMap<>();
        parts.cameras()
                .map(Cameras::list)
                .orElse(List.of())
                .forEach(camera -> now.put(camera.status().camera(), camera.status()));
        for (String camera : new TreeSet<>(before.streaming())) {
            CameraStatus status = now.get(camera);
            if (status == null) {
                return Optional.of("camera " + camera + " is not there");
            }
            if (status.state() != CameraState.STREAMING
                    || status.lastFrame().filter(began::isBefore).isEmpty()) {
                return Optional.of(
                        "camera "
                                + camera
                                + " does not stream"
                                + status.fault().map(fault -> ": " + fault.detail()).orElse(""));
            }
        }
        // A frame waits up to two seconds in its ring.
        Instant fresh = clock.instant().minus(limits.analysed());
        Set<String> analysed = Baseline.analysedSince(parts, fresh.isAfter(began) ? fresh : began);
        return new TreeSet<>(before.analysed())
                .stream()
                        .filter(camera -> !analysed.contains(camera))
                        .findFirst()
                        .map(camera -> "pictures of camera " + camera + " are not looked at");
    }

    private Optional<String> check() {
        Optional<HealthReport> report = parts.health().flatMap(one -> one.report());
        if (report.isEmpty() || !report.get().time().isAfter(began)) {
            return Optional.of("no round of health checks has ended since");
        }
        Map<String, HealthStatus> now = new TreeMap<>(Baseline.checks(report.get()));
        return now.entrySet().stream()
                .filter(one -> !NOT_ITS_FAULT.contains(one.getKey()))
                .filter(
                        one ->
                                one.getValue()
                                                .compareTo(
                                                        before.checks()
                                                                .getOrDefault(
                                                                        one.getKey(),
                                                                        HealthStatus.OK))
                                        > 0)
                .findFirst()
                .map(one -> "check " + one.getKey() + " is " + one.getValue());
    }
}
