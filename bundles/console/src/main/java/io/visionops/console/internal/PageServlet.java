package io.visionops.console.internal;

import io.visionops.support.log.LogContext;
import java.io.IOException;
import java.util.Map;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * All pages of this part. Who may see them is the business of the context that they are in, which
 * belongs to the part login. {@link ServedPages} offers it.
 */
@Component(service = PageServlet.class)
public final class PageServlet extends HttpServlet {

    /** Where the pages are. */
    static final String[] PATHS = {"/metrics", "/health/live", "/health/ready", "/health/tree"};

    /** What the lines of the log about this request have in common. */
    private static final String CORRELATION = "X-Correlation-Id";

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Page> pages;

    /** Answers a request. */
    @FunctionalInterface
    private interface Page {
        void answer(HttpServletResponse response) throws IOException;
    }

    @Activate
    public PageServlet(@Reference MetricsPage metrics, @Reference HealthPages health) {
        pages =
                Map.of(
                        "/metrics", metrics::answer,
                        "/health/live", health::live,
                        "/health/ready", health::ready,
                        "/health/tree", health::tree);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Page page = pages.get(request.getServletPath());
        String id = LogContext.newId();
        response.setHeader(CORRELATION, id);
        LogContext context = LogContext.work(id);
        try {
            if (page == null) {
                response.sendError(404);
            } else {
                page.answer(response);
            }
        } finally {
            context.close();
        }
    }
}
