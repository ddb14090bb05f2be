package io.visionops.processes.internal;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few file descriptors for the moment when there are none left: to end a child takes some, and
 * gives back those of its pipes. Thread-safe.
 */
final class DescriptorReserve implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DescriptorReserve.class);
    private static final String NOTHING = "/dev/null";

    /** To list processes takes two, to signal one; others may be faster. */
    private static final int SIZE = 6;

    /** Guarded by "this". */
    private final List<FileInputStream> held = new ArrayList<>();

    DescriptorReserve() {
        fill();
    }

    /** Does something with the reserve set free; what others have taken meanwhile is gone. */
    synchronized boolean lend(BooleanSupplier work) {
        close();
        try {
            return work.getAsBoolean();
        } finally {
            fill();
        }
    }

    private void fill() {
        try {
            while (held.size() < SIZE) {
                held.add(new FileInputStream(NOTHING));
            }
        } catch (IOException e) {
            LOG.debug("the reserve of file descriptors is not full", e);
        }
    }

    @Override
    public synchronized void close() {
        for (FileInputStream one : held) {
            try {
                one.close();
            } catch (IOException e) {
                LOG.debug("a descriptor of {} is not closed", NOTHING, e);
            }
        }
        held.clear();
    }
}
