package io.visionops.console.internal;

import io.visionops.api.time.Ticker;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.http.runtime.HttpServiceRuntime;
import org.osgi.service.http.runtime.HttpServiceRuntimeConstants;

/**
 * Has a page asked for, by a thread of its own: that a servlet is offered does not mean that the
 * web server gives it out ({@link ServedPages}). Thread-safe.
 */
@Component(
        service = HealthCheck.class,
        immediate = true,
        property = {
            "hc.name=visionops.console.pages",
            "hc.tags=visionops",
            "hc.tags=console",
            "visionops.remedy=bundle:restart io.visionops.console; if that does not help visionops"
                    + " restart. No answer: look at etc/org.ops4j.pax.web.cfg and into the log"
        })
public final class PagesCheck implements HealthCheck {

    private static final Duration FIRST = Duration.ofSeconds(1);

    // Its properties alone: they name the addresses of the web server.
    @Reference(
            service = HttpServiceRuntime.class,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Map<String, Object> webServer;

    private final PagesJudge judge;
    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-console-probe");

    /**
     * @param pages what is asked for is there
     */
    @Activate
    public PagesCheck(@Reference ServedPages pages) {
        judge = new PagesJudge(() -> PageProbe.ask(endpoints()), Ticker.system());
        RepeatedTask.schedule(
                thread, "asking for a page", FIRST, PagesJudge.SOON, judge::lookIfDue);
    }

    private String[] endpoints() {
        Map<String, Object> properties = webServer;
        Object endpoints =
                properties == null
                        ? null
                        : properties.get(HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT);
        return endpoints instanceof String[] addresses ? addresses : new String[0];
    }

    @Override
    public Result execute() {
        return judge.result();
    }

    @Deactivate
    void stop() {
        thread.shutdownNow();
    }
}
