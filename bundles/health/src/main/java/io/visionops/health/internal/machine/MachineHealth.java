package io.visionops.health.internal.machine;

import io.visionops.api.child.ChildProcesses;
import io.visionops.api.time.Ticker;
import io.visionops.support.health.SampledResult;
import io.visionops.support.meter.Sampler;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.felix.hc.api.HealthCheck;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.util.GlobalConfig;

/**
 * Looks at the computer every few seconds: by one thread at its disk, which may hang, and by
 * another one at the rest. The checks read the last samples. Thread-safe.
 */
public final class MachineHealth implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(5);

    /** As the results of these checks name their part. */
    private static final String PART = "health";

    private final Supplier<Optional<ChildProcesses>> children;
    private final Clock clock;
    private final Ticker ticker;
    private final Sampler<MachineSample> machine;
    private final Sampler<DiskSample> disk;
    private volatile Limits limits;

    /** Made by the thread that uses it: that takes a while. */
    private @Nullable MachineReader reader;

    /**
     * A check to be registered.
     *
     * @param tag beside those that all of ours have
     * @param remedy what to do where it is not well
     */
    public record Offer(String name, String tag, String remedy, HealthCheck check) {}

    /**
     * @param data folder whose disk is looked at
     * @param written folders that are tried
     */
    public MachineHealth(
            Supplier<Optional<ChildProcesses>> children,
            Path data,
            List<Path> written,
            Limits limits,
            Clock clock,
            Ticker ticker) {
        this.children = children;
        this.limits = limits;
        this.clock = clock;
        this.ticker = ticker;
        DiskReader reading = new DiskReader(data, new WriteProbe(written), ticker);
        this.machine = new Sampler<>("visionops-health-machine", ticker, this::readMachine);
        this.disk = new Sampler<>("visionops-health-disk", ticker, reading::read);
    }

    private MachineSample readMachine() {
        MachineReader present = reader;
        if (present == null) {
            configureOshi();
            present = new MachineReader(children, clock, ticker);
            reader = present;
        }
        return present.read(limits);
    }

    /**
     * OSHI looks for its files by the class loader of the thread: for oshi.properties, of which it
     * warns when there is none, in this part, and then in its own. A thread that JNA starts later
     * keeps the one that is set then for good, and this part is swapped.
     */
    private static void configureOshi() {
        Thread thread = Thread.currentThread();
        thread.setContextClassLoader(MachineHealth.class.getClassLoader());
        GlobalConfig.get(GlobalConfig.OSHI_UTIL_MEMOIZER_EXPIRATION, 0);
        thread.setContextClassLoader(SystemInfo.class.getClassLoader());
    }

    /** What was read last, by what it is of; for a diagnostics file. */
    public Map<String, Object> latest() {
        Map<String, Object> latest = new LinkedHashMap<>();
        latest.put("machine", machine.latest());
        latest.put("disk", disk.latest());
        return latest;
    }

    public void start() {
        machine.start(EVERY);
        disk.start(EVERY);
    }

    public Limits limits() {
        return limits;
    }

    /** Other limits, from now on. */
    public void change(Limits next) {
        limits = next;
    }

    /** The last samples; empty when the machine has not been looked at lately. */
    public Optional<MachineReadings> readings() {
        if (machine.isOverdue()) {
            return Optional.empty();
        }
        Optional<MachineReadings> readings =
                machine.latest().map(sample -> MachineReadings.of(sample, limits));
        return disk.isOverdue()
                ? readings
                : readings.map(
                        one -> disk.latest().map(sample -> one.with(sample, limits)).orElse(one));
    }

    /** Who has how much memory; empty when the machine has not been looked at lately. */
    public Optional<MemorySample> memory() {
        return machine.isOverdue() ? Optional.empty() : machine.latest().map(MachineSample::split);
    }

    /** Bytes that are free on the disk of the data folder; empty while it does not answer. */
    public OptionalLong diskFree() {
        Optional<DiskSample> sample = disk.isOverdue() ? Optional.empty() : disk.latest();
        return sample.map(one -> OptionalLong.of(one.free())).orElse(OptionalLong.empty());
    }

    /** Each check, with what it is registered by. */
    public List<Offer> checks() {
        return Stream.concat(
                        MachineCheck.OF_MACHINE.stream().map(check -> offer(check, machine)),
                        MachineCheck.OF_DISK.stream().map(check -> offer(check, disk)))
                .toList();
    }

    private <T> Offer offer(MachineCheck<T> check, Sampler<T> sampler) {
        return new Offer(
                check.name(),
                check.tag(),
                check.remedy(),
                () ->
                        SampledResult.of(
                                PART,
                                sampler,
                                (sample, log) -> check.judge().judge(sample, limits, log)));
    }

    @Override
    public void close() {
        machine.close();
        disk.close();
    }
}
