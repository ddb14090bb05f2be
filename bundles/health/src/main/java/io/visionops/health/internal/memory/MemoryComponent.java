package io.visionops.health.internal.memory;

import io.visionops.api.time.Ticker;
import io.visionops.health.internal.HealthComponent;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import javax.management.JMException;
import javax.management.ObjectName;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After swaps of bundles the Java machine collects what nobody uses any more, frame buffers outside
 * the heap among it, and the C library gives the rest back to the system. By themselves neither
 * would for hours on a program that allocates as little as this one. Frames wait in their rings
 * while it collects.
 */
@Component(service = MemoryComponent.class, immediate = true)
public final class MemoryComponent implements BundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryComponent.class);

    private static final String OURS = "io.visionops.";
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final BundleContext context;
    private final HealthComponent health;
    private final Heap heap = new Heap();
    private final SwapSettling settling = new SwapSettling(Ticker.system());
    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-health-memory");

    @Activate
    public MemoryComponent(BundleContext context, @Reference HealthComponent health) {
        this.context = context;
        this.health = health;
        // This part itself may be what is swapped.
        if (health.hasBooted()) {
            settling.swapped();
        }
        context.addBundleListener(this);
        RepeatedTask.schedule(thread, "giving memory back", LOOK, LOOK, this::look);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        boolean ours = String.valueOf(event.getBundle().getSymbolicName()).startsWith(OURS);
        if (ours && event.getType() == BundleEvent.STARTED && health.hasBooted()) {
            settling.swapped();
        }
    }

    private void look() {
        if (settling.isDue()) {
            long begin = System.nanoTime();
            heap.collectAndShrink();
            long collected = System.nanoTime();
            String trimmed = trim();
            LOG.info(
                    "memory that was left by a swap is given back: collected within {} ms; {}",
                    (collected - begin) / 1_000_000,
                    trimmed);
        }
    }

    /** Of the C library, where the Java machine can ask for it. */
    private static String trim() {
        try {
            Object said =
                    ManagementFactory.getPlatformMBeanServer()
                            .invoke(
                                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                    "systemTrimNativeHeap",
                                    null,
                                    null);
            return String.valueOf(said).strip();
        } catch (JMException | IllegalArgumentException absent) {
            return "this Java cannot trim the native heap";
        }
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(this);
        thread.shutdownNow();
    }
}
