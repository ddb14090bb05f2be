package io.visionops.updater.internal.install;

import io.visionops.api.time.Ticker;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of all processors the Java machine takes; decoders are processes of their own. A program
 * that took less than half of them before and takes all of them now spins (ADR 90). For one thread.
 */
final class ProcessorUse {

    /** Of a program that was near its limit before nothing is said. */
    private static final double MOST = 0.7;

    private static final double ALL = 0.9;
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorUse.class);

    private final Supplier<OptionalLong> used;
    private final int processors;
    private final Ticker ticker;

    private long since;
    private OptionalLong atFirst;

    /** Of the last whole window. */
    private double share;

    /**
     * @param used nanoseconds of processor time since the start; empty where nobody knows
     */
    ProcessorUse(Supplier<OptionalLong> used, int processors, Ticker ticker) {
        this.used = used;
        this.processors = processors;
        this.ticker = ticker;
        this.since = ticker.nanos();
        this.atFirst = used.get();
    }

    static ProcessorUse ofThisProgram(Ticker ticker) {
        return new ProcessorUse(
                ProcessorUse::ofThisProgram, Runtime.getRuntime().availableProcessors(), ticker);
    }

    /** Since its start, as a share of all processors; 1 where nobody knows. */
    static double sinceStart() {
        long up = ManagementFactory.getRuntimeMXBean().getUptime() * 1_000_000;
        OptionalLong used = ofThisProgram();
        return used.isEmpty() || up == 0
                ? 1
                : (double) used.getAsLong() / up / Runtime.getRuntime().availableProcessors();
    }

    private static OptionalLong ofThisProgram() {
        try {
            Object time =
                    ManagementFactory.getPlatformMBeanServer()
                            .getAttribute(
                                    new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME),
                                    "ProcessCpuTime");
            return time instanceof Long nanos && nanos > 0
                    ? OptionalLong.of(nanos)
                    : OptionalLong.empty();
        } catch (JMException e) {
            LOG.debug("this Java machine does not say what it uses", e);
            return OptionalLong.empty();
        }
    }

    /**
     * Looks; to be called often.
     *
     * @param before share of all processors before the update
     */
    Optional<String> fault(double before) {
        long now = ticker.nanos();
        if (now - since >= WINDOW.toNanos()) {
            OptionalLong present = used.get();
            if (present.isPresent() && atFirst.isPresent()) {
                long took = present.getAsLong() - atFirst.getAsLong();
                share = (double) took / (now - since) / processors;
            }
            since = now;
            atFirst = present;
        }
        return before >= MOST || share < ALL
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                Locale.ROOT,
                                "the program keeps every processor busy: %.0f %%, %.0f %% before",
                                100 * share,
                                100 * before));
    }
}
