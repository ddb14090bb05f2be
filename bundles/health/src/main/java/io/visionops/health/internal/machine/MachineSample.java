package io.visionops.health.internal.machine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the program takes of the computer, and how that is, at one moment.
 *
 * @param memory bytes of this program and of its children
 * @param children bytes among them
 * @param split all of it by what has it
 * @param machineMemory bytes that the computer has
 * @param cpu percent of all processors over the last minute; empty in the first seconds
 * @param descriptors that are open
 * @param maxDescriptors that may be; 0 where the system does not say
 * @param threads of this program
 * @param deadlocked names of threads that wait for each other for ever
 * @param directMemory bytes outside the heap
 * @param maxDirectMemory bytes that may be
 * @param temperature degrees Celsius; empty without a sensor
 * @param clockStep by how much the clock was set last, within the last minutes
 */
record MachineSample(
        long memory,
        long children,
        MemorySample split,
        long machineMemory,
        OptionalDouble cpu,
        long descriptors,
        long maxDescriptors,
        int threads,
        List<String> deadlocked,
        long directMemory,
        long maxDirectMemory,
        OptionalDouble temperature,
        Optional<Duration> clockStep) {

    MachineSample {
        deadlocked = List.copyOf(deadlocked);
    }
}
