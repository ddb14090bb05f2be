package io.visionops.processes.internal.meter;

import java.io.IOException;
import java.util.Optional;

/** What the operating system says of one process. Thread-safe; never blocks on the process. */
public interface Meter {

    /**
     * Empty when there is no such process, or it is dead and waits for its parent to notice.
     *
     * @throws UnreadableException when that cannot be told, as without a free file descriptor: it
     *     may well live
     */
    Optional<Reading> read(long pid);

    /** Nothing is known of a process at the moment. */
    final class UnreadableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public UnreadableException(String message, IOException cause) {
            super(message, cause);
        }
    }

    /**
     * One process at one moment.
     *
     * @param start tells a process from a later one of the same pid; equal texts mean the same
     *     process, across restarts of this program and of the machine
     * @param memory resident bytes
     * @param cpu user and system time since its start, in nanoseconds
     */
    record Reading(String start, long memory, long cpu) {}
}
