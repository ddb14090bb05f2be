package io.visionops.console.internal;

import io.visionops.support.thread.DaemonThreads;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.servlet.Servlet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the pages as a servlet, a moment after the start. When a bundle stops Pax Web has a thread
 * forget what the bundle has registered; where that thread is late and the bundle has been started
 * again it forgets the new servlet, and serves none until the bundle is started anew. Thread-safe.
 */
@Component(service = ServedPages.class)
public final class ServedPages {

    private static final Logger LOG = LoggerFactory.getLogger(ServedPages.class);

    /** Seen were 50 ms, on a computer that is busy. */
    private static final long MOMENT_MILLIS = 500;

    private final BundleContext context;
    private final PageServlet pages;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Guarded by "this". */
    private @Nullable ServiceRegistration<Servlet> registration;

    @Activate
    public ServedPages(BundleContext context, @Reference PageServlet pages) {
        this.context = context;
        this.pages = pages;
        DaemonThreads.create("visionops-console-pages", this::serveSoon).start();
    }

    private void serveSoon() {
        try {
            if (!stopped.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS)) {
                serve();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.debug("the bundle was stopped meanwhile", e);
        }
    }

    private synchronized void serve() {
        if (stopped.getCount() > 0) {
            registration = context.registerService(Servlet.class, pages, properties());
        }
    }

    private static Dictionary<String, Object> properties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.http.whiteboard.servlet.name", "visionops.pages");
        properties.put("osgi.http.whiteboard.servlet.pattern", PageServlet.PATHS);
        properties.put(
                "osgi.http.whiteboard.context.select",
                "(osgi.http.whiteboard.context.name=visionops)");
        return properties;
    }

    @Deactivate
    synchronized void stop() {
        stopped.countDown();
        if (registration != null) {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                LOG.debug("the framework was faster", e);
            }
        }
    }
}
