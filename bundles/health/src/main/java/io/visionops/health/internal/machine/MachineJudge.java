package io.visionops.health.internal.machine;

import io.visionops.api.health.HealthStatus;
import java.util.Locale;
import org.apache.felix.hc.api.FormattingResultLog;

/** What a sample means. Reads figures: no I/O and no lock. */
final class MachineJudge {

    private static final double GB = 1e9;

    private MachineJudge() {}

    static void memory(MachineSample sample, Limits limits, FormattingResultLog log) {
        long limit = Math.min(limits.memoryLimit(), sample.machineMemory());
        double percent = percent(sample.memory(), limit);
        say(
                log,
                limits.memory().above(percent),
                "%.1f GB of %.1f GB are in use, %.1f GB of them by children",
                sample.memory() / GB,
                limit / GB,
                sample.children() / GB);
    }

    static void cpu(MachineSample sample, Limits limits, FormattingResultLog log) {
        if (sample.cpu().isEmpty()) {
            log.info("the load is not known yet");
            return;
        }
        double percent = sample.cpu().getAsDouble();
        say(
                log,
                limits.cpu().above(percent),
                "%.0f %% of the processors were in use in the last minute",
                percent);
    }

    static void temperature(MachineSample sample, Limits limits, FormattingResultLog log) {
        if (sample.temperature().isEmpty()) {
            log.info("no sensor");
            return;
        }
        double degrees = sample.temperature().getAsDouble();
        say(log, limits.temperature().above(degrees), "the processor has %.1f degrees", degrees);
    }

    static void descriptors(MachineSample sample, Limits limits, FormattingResultLog log) {
        if (sample.maxDescriptors() <= 0) {
            log.info("this system does not tell");
            return;
        }
        say(
                log,
                limits.descriptors().above(percent(sample.descriptors(), sample.maxDescriptors())),
                "%d of %d file descriptors are open",
                sample.descriptors(),
                sample.maxDescriptors());
    }

    static void threads(MachineSample sample, Limits limits, FormattingResultLog log) {
        if (!sample.deadlocked().isEmpty()) {
            log.critical(
                    "threads wait for each other for ever: {}",
                    String.join(", ", sample.deadlocked()));
        }
        say(log, limits.threads().above(sample.threads()), "%d threads", sample.threads());
    }

    static void directMemory(MachineSample sample, Limits limits, FormattingResultLog log) {
        say(
                log,
                limits.directMemory()
                        .above(percent(sample.directMemory(), sample.maxDirectMemory())),
                "%d MB of %d MB outside the heap are in use",
                sample.directMemory() >> 20,
                sample.maxDirectMemory() >> 20);
    }

    static void clock(MachineSample sample, Limits limits, FormattingResultLog log) {
        sample.clockStep()
                .ifPresentOrElse(
                        step ->
                                log.warn(
                                        "the clock of this computer was set {} by {} s in the last"
                                                + " minutes, or the computer slept: times of what"
                                                + " was counted then are off",
                                        step.isNegative() ? "back" : "ahead",
                                        step.abs().toSeconds()),
                        () -> log.info("the clock runs evenly"));
    }

    static void disk(DiskSample sample, Limits limits, FormattingResultLog log) {
        HealthStatus status =
                limits.diskFree()
                        .below(sample.free())
                        .or(limits.diskUsed().above(sample.usedPercent()));
        say(
                log,
                status,
                "%.1f GB are free on the disk of the data folder, %.0f %% are used",
                sample.free() / GB,
                sample.usedPercent());
    }

    static void write(DiskSample sample, Limits limits, FormattingResultLog log) {
        sample.unwritable().forEach(one -> log.critical("{}", one));
        if (sample.unwritable().isEmpty()) {
            log.info("{} folders can be written", sample.folders());
        }
    }

    private static double percent(double part, double all) {
        return all <= 0 ? 0 : 100 * part / all;
    }

    private static void say(
            FormattingResultLog log, HealthStatus status, String form, Object... values) {
        String words = String.format(Locale.ROOT, form, values);
        switch (status) {
            case OK -> log.info("{}", words);
            case WARN -> log.warn("{}", words);
            default -> log.critical("{}", words);
        }
    }
}
