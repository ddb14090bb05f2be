package io.visionops.health.internal.machine;

import io.visionops.api.child.ChildProcesses;
import io.visionops.api.child.ChildUsage;
import io.visionops.api.time.Ticker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.software.os.OperatingSystem;
import oshi.util.GlobalConfig;

/**
 * Reads what the program takes of the computer, from the system and from the Java machine. Takes
 * milliseconds, and longer at the first time. Used by one thread.
 */
final class MachineReader {

    private static final Pattern DIRECT =
            Pattern.compile("-XX:MaxDirectMemorySize=(\\d+)([kKmMgG]?)");

    private static final ObjectName SYSTEM = name(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);

    /** A virtual machine may be given more memory, which need not be known at once. */
    private static final int MEMORY_EVERY = 12;

    private final Supplier<Optional<ChildProcesses>> children;
    private final SystemInfo system = withoutUdev();
    private final OperatingSystem os = system.getOperatingSystem();
    private final HardwareAbstractionLayer hardware = system.getHardware();
    private final CentralProcessor processor = hardware.getProcessor();
    private final LongSupplier resident =
            ResidentMemory.orElse(() -> os.getCurrentProcess().getResidentMemory());
    private final CpuLoad load = new CpuLoad(processor::getSystemCpuLoadBetweenTicks);
    private final Thermometer thermometer =
            new Thermometer(() -> hardware.getSensors().getCpuTemperature());
    private final ClockSteps steps;
    private final long maxDirectMemory =
            maxDirectMemory(ManagementFactory.getRuntimeMXBean().getInputArguments());
    private final MemoryReader memory = new MemoryReader(maxDirectMemory);

    private long looks;
    private long machineMemory;

    /** Nothing that is read here comes from libudev, which a computer need not have. */
    private static SystemInfo withoutUdev() {
        GlobalConfig.set(GlobalConfig.OSHI_OS_LINUX_ALLOWUDEV, false);
        return new SystemInfo();
    }

    MachineReader(Supplier<Optional<ChildProcesses>> children, Clock clock, Ticker ticker) {
        this.children = children;
        this.steps = new ClockSteps(clock, ticker);
    }

    MachineSample read(Limits limits) {
        List<ChildUsage> usage = children.get().map(ChildProcesses::usage).orElse(List.of());
        long ofChildren = usage.stream().mapToLong(ChildUsage::memory).sum();
        long own = resident.getAsLong();
        if (looks % MEMORY_EVERY == 0) {
            machineMemory = hardware.getMemory().getTotal();
        }
        looks++;
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return new MachineSample(
                own + ofChildren,
                ofChildren,
                memory.read(own, usage, Math.min(limits.memoryLimit(), machineMemory)),
                machineMemory,
                load.add(processor.getSystemCpuLoadTicks()),
                ofSystem("OpenFileDescriptorCount"),
                ofSystem("MaxFileDescriptorCount"),
                threads.getThreadCount(),
                deadlocked(threads),
                memory.direct(),
                maxDirectMemory,
                thermometer.read(limits.sensor()),
                steps.look(limits.clockStep()));
    }

    private static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (JMException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** By name: the framework does not export the package of the interface. */
    private static long ofSystem(String attribute) {
        try {
            Object value =
                    ManagementFactory.getPlatformMBeanServer().getAttribute(SYSTEM, attribute);
            return value instanceof Number number ? number.longValue() : 0;
        } catch (JMException e) {
            return 0;
        }
    }

    private static List<String> deadlocked(ThreadMXBean threads) {
        long[] ids = threads.findDeadlockedThreads();
        return ids == null
                ? List.of()
                : Arrays.stream(threads.getThreadInfo(ids))
                        .filter(Objects::nonNull)
                        .map(ThreadInfo::getThreadName)
                        .toList();
    }

    /** As the Java machine has it: the last word counts, and without one it is as the heap. */
    static long maxDirectMemory(List<String> arguments) {
        long max = Runtime.getRuntime().maxMemory();
        for (String argument : arguments) {
            Matcher size = DIRECT.matcher(argument);
            if (size.matches()) {
                int shift =
                        switch (size.group(2)) {
                            case "k", "K" -> 10;
                            case "m", "M" -> 20;
                            case "g", "G" -> 30;
                            default -> 0;
                        };
                max = Long.parseLong(size.group(1)) << shift;
            }
        }
        return max;
    }
}
