package io.visionops.processes.internal;

import java.util.Optional;

/** What the operating system says of one process. Thread-safe; never blocks on the process. */
interface Meter {

    /** Empty when there is no such process, or it is dead and waits for its parent to notice. */
    Optional<Reading> read(long pid);

    /**
     * One process at one moment.
     *
     * @param start tells a process from a later one of the same pid; equal texts mean the same
     *     process, across restarts of this program and of the machine
     * @param memory resident bytes
     * @param cpu user and system time since its start, in nanoseconds
     */
    record Reading(String start, long memory, long cpu) {}

    /** The cheapest one that this machine allows. */
    static Meter ofThisMachine() {
        return LinuxMeter.isUsable() ? new LinuxMeter() : new OshiMeter();
    }
}
