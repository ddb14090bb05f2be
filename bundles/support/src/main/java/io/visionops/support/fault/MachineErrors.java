package io.visionops.support.fault;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the program when the Java machine has run out of something: of memory, direct
 * memory or threads, or is broken itself. It would go on half dead, since the threads that met it
 * are gone or their work is. So the outermost catch of every loop asks here, and the program ends:
 * in order where it can, so that what is in memory is saved, and with a status and a line that say
 * why. Of the heap the machine itself sees to that ({@code ExitOnOutOfMemoryError}).
 *
 * <p>An overflow of the stack is none of these: all that it took is given back, and what met it was
 * one piece of work on one input.
 */
public final class MachineErrors {

    /** Of the program that ends: sysexits.h calls it EX_OSERR. */
    public static final int STATUS = 71;

    private static final Logger LOG = LoggerFactory.getLogger(MachineErrors.class);

    /** Parts have copies of this class; the program ends once. */
    private static final String ENDING = "visionops.ending";

    /** For an end in order; the launcher kills after thirty. */
    private static final long LIMIT_MILLIS = 20_000;

    private static final int TRIES = 10;
    private static final int DEPTH = 10;

    private MachineErrors() {}

    /** Ends the program when this is an error of the machine; returns at once in any case. */
    public static void endIf(Throwable error) {
        if (isOfTheMachine(error)
                && System.getProperties().putIfAbsent(ENDING, String.valueOf(STATUS)) == null) {
            end(error);
        }
    }

    static boolean isOfTheMachine(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static void end(Throwable error) {
        try {
            LOG.error(
                    "the Java machine has run out of something and the program ends with status {}:"
                            + " {}",
                    STATUS,
                    error.toString(),
                    error);
        } finally {
            // Not in this thread: what stops now may wait for it.
            if (!start(MachineErrors::haltInTime) || !start(() -> System.exit(STATUS))) {
                Runtime.getRuntime().halt(STATUS);
            }
        }
    }

    /** Threads end while others wait, even where there are too many. */
    private static boolean start(Runnable work) {
        for (int i = 0; i < TRIES; i++) {
            try {
                Thread thread = new Thread(work, "visionops-ending");
                thread.setDaemon(true);
                thread.start();
                return true;
            } catch (OutOfMemoryError none) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        return false;
    }

    private static void haltInTime() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
        while (System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS));
        }
        Runtime.getRuntime().halt(STATUS);
    }
}
