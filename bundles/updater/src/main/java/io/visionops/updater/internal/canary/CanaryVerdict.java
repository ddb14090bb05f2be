package io.visionops.updater.internal.canary;

import io.visionops.api.update.CanaryReport;
import io.visionops.api.update.CanaryReport.Side;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether an analysis does as well as the one beside it. */
final class CanaryVerdict {

    /** Of the frames, and of the crossings, that may differ. */
    private static final double SHARE = 0.1;

    /** Who was in the picture when it began, and who is at the end, may be one of a count. */
    private static final long CROSSINGS = 2;

    /** Two that share the processors take longer than one. */
    private static final double TIMES = 1.5;

    private static final Duration TIME = Duration.ofMillis(5);

    private CanaryVerdict() {}

    /** Why it does not; empty when it does. */
    static Optional<String> fault(CanaryReport report) {
        Side running = report.running();
        Side candidate = report.candidate();
        if (running.frames() == 0) {
            return Optional.of("camera " + report.camera() + " yields no frames to compare");
        }
        if (candidate.frames() < (1 - SHARE) * running.frames()) {
            return Optional.of(
                    "it looked at " + candidate.frames() + " frames of " + running.frames());
        }
        long all = running.crossings().values().stream().mapToLong(Long::longValue).sum();
        long apart = difference(running.crossings(), candidate.crossings());
        if (apart > Math.max(CROSSINGS, SHARE * all)) {
            return Optional.of(
                    "it counts otherwise: "
                            + new TreeMap<>(candidate.crossings())
                            + " instead of "
                            + new TreeMap<>(running.crossings()));
        }
        double most = TIMES * running.detectTime().toNanos() + TIME.toNanos();
        if (candidate.detectTime().toNanos() > most) {
            return Optional.of(
                    String.format(
                            Locale.ROOT,
                            "its detector takes %.1f ms a frame instead of %.1f ms",
                            candidate.detectTime().toNanos() / 1e6,
                            running.detectTime().toNanos() / 1e6));
        }
        return Optional.empty();
    }

    private static long difference(Map<String, Long> one, Map<String, Long> other) {
        Set<String> all = new TreeSet<>(one.keySet());
        all.addAll(other.keySet());
        return all.stream()
                .mapToLong(key -> Math.abs(one.getOrDefault(key, 0L) - other.getOrDefault(key, 0L)))
                .sum();
    }
}
