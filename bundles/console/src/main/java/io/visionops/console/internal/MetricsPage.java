package io.visionops.console.internal;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.api.time.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import javax.servlet.http.HttpServletResponse;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics of every part that registers a {@link MeterBinder}. Thread-safe. */
@Component(service = MetricsPage.class)
public final class MetricsPage {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);

    private static final String OURS = "io.visionops.";
    private static final Duration LIMIT = Duration.ofSeconds(4);

    private final Meters meters;
    private final Scraper scraper;

    @Activate
    public MetricsPage(BundleContext context) {
        meters = new Meters(() -> activeParts(context), Ticker.system());
        scraper = new Scraper(meters::scrape, LIMIT);
    }

    private static Set<BuildInfo.Part> activeParts(BundleContext context) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .filter(bundle -> String.valueOf(bundle.getSymbolicName()).startsWith(OURS))
                .map(
                        bundle ->
                                new BuildInfo.Part(
                                        bundle.getSymbolicName().substring(OURS.length()),
                                        bundle.getVersion().toString()))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbind")
    void bind(MeterBinder binder, ServiceReference<MeterBinder> service) {
        meters.add(binder, String.valueOf(service.getProperty("component.name")));
    }

    void unbind(MeterBinder binder) {
        meters.remove(binder);
    }

    @Deactivate
    void close() {
        scraper.close();
        meters.close();
    }

    void answer(HttpServletResponse response) throws IOException {
        try {
            answer(response, 200, "text/plain;version=0.0.4;charset=utf-8", scraper.scrape());
        } catch (Scraper.UnavailableException e) {
            LOG.warn("/metrics is not answered: {}", e.getMessage());
            response.setHeader("Retry-After", "5");
            answer(response, 503, "text/plain;charset=utf-8", e.getMessage() + "\n");
        } catch (ExecutionException e) {
            LOG.error("/metrics fails", e.getCause());
            answer(response, 500, "text/plain;charset=utf-8", "failed: see the log\n");
        }
    }

    private static void answer(HttpServletResponse response, int status, String type, String text)
            throws IOException {
        PageAnswer.send(response, status, type, text.getBytes(StandardCharsets.UTF_8));
    }
}
