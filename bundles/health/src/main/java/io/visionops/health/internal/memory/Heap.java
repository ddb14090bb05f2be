package io.visionops.health.internal.memory;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heap of the Java machine: how much of it may stay free after a full collection is an option
 * that can be changed while it runs. For one thread.
 */
final class Heap {

    static final String LEAST_FREE = "MinHeapFreeRatio";
    static final String MOST_FREE = "MaxHeapFreeRatio";

    private static final Logger LOG = LoggerFactory.getLogger(Heap.class);

    /** Percent of the old generation. */
    private static final String LITTLE = "5";

    private static final String A_TENTH = "10";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    /**
     * Collects all that nobody uses, and gives the system back what is free beyond a tenth of the
     * rest. Later it grows again as it always does: with so little room for good there would be one
     * full collection after the other while much is made at once.
     */
    void collectAndShrink() {
        String least = option(LEAST_FREE);
        String most = option(MOST_FREE);
        if (least.isEmpty() || most.isEmpty()) {
            System.gc();
            return;
        }
        // The least may at no time be more than the most.
        set(LEAST_FREE, LITTLE);
        set(MOST_FREE, A_TENTH);
        try {
            System.gc();
        } finally {
            set(MOST_FREE, most);
            set(LEAST_FREE, least);
        }
    }

    /** Empty where this Java machine has no such option, or does not let it be changed. */
    String option(String name) {
        try {
            CompositeData option =
                    (CompositeData)
                            server.invoke(
                                    diagnostics(),
                                    "getVMOption",
                                    new Object[] {name},
                                    new String[] {String.class.getName()});
            return Boolean.TRUE.equals(option.get("writeable"))
                    ? String.valueOf(option.get("value"))
                    : "";
        } catch (JMException | RuntimeException absent) {
            LOG.debug("no option {}", name, absent);
            return "";
        }
    }

    private void set(String name, String value) {
        try {
            server.invoke(
                    diagnostics(),
                    "setVMOption",
                    new Object[] {name, value},
                    new String[] {String.class.getName(), String.class.getName()});
        } catch (JMException | RuntimeException e) {
            LOG.warn("option {} of Java cannot be set to {}: {}", name, value, e.toString());
        }
    }

    private static ObjectName diagnostics() throws JMException {
        return new ObjectName("com.sun.management:type=HotSpotDiagnostic");
    }
}
