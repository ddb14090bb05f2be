package io.visionops.health.internal.machine;

import java.util.OptionalDouble;

/**
 * Of what the machine may be short, in the figures that its checks judge.
 *
 * @param memory percent of what the program and its children may have
 * @param cpu percent of all processors, over a minute; empty in the first seconds
 * @param temperature degrees Celsius; empty without a sensor
 * @param diskPressure the worse of what is used and what is free by its critical limit: critical
 *     from 1 on; empty while the disk does not answer
 */
public record MachineReadings(
        OptionalDouble memory,
        OptionalDouble cpu,
        OptionalDouble temperature,
        OptionalDouble diskPressure) {

    static MachineReadings of(MachineSample sample, Limits limits) {
        long limit = Math.min(limits.memoryLimit(), sample.machineMemory());
        return new MachineReadings(
                limit <= 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(100.0 * sample.memory() / limit),
                sample.cpu(),
                sample.temperature(),
                OptionalDouble.empty());
    }

    MachineReadings with(DiskSample disk, Limits limits) {
        double used = disk.usedPercent() / limits.diskUsed().critical();
        double free = limits.diskFree().critical() / Math.max(1, disk.free());
        return new MachineReadings(
                memory, cpu, temperature, OptionalDouble.of(Math.max(used, free)));
    }
}
