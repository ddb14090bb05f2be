package io.visionops.processes.internal.meter;

import java.time.Duration;
import java.util.Optional;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/** For every system that is not Linux; correct there too, but dearer than {@link LinuxMeter}. */
final class OshiMeter implements Meter {

    private final OperatingSystem system = new SystemInfo().getOperatingSystem();

    @Override
    public Optional<Reading> read(long pid) {
        return Optional.ofNullable(system.getProcess((int) pid))
                .filter(OshiMeter::isRunning)
                .map(
                        p ->
                                new Reading(
                                        "ms/" + p.getStartTime(),
                                        p.getResidentMemory(),
                                        Duration.ofMillis(p.getKernelTime() + p.getUserTime())
                                                .toNanos()));
    }

    private static boolean isRunning(OSProcess process) {
        return process.getState() != OSProcess.State.ZOMBIE
                && process.getState() != OSProcess.State.INVALID;
    }
}
