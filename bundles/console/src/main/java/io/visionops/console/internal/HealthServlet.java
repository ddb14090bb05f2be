package io.visionops.console.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.health.HealthMonitor;
import io.visionops.api.time.Ticker;
import io.visionops.support.document.HealthDocument;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code GET /health/live}, which is open to all, {@code /health/ready} and {@code /health/tree}.
 * Who may is the business of the context that it is in.
 */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.name=visionops.health",
            "osgi.http.whiteboard.servlet.pattern=/health/live",
            "osgi.http.whiteboard.servlet.pattern=/health/ready",
            "osgi.http.whiteboard.servlet.pattern=/health/tree",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=visionops)"
        })
public final class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final Map<String, String> UP = Map.of("status", "UP");
    private static final Map<String, String> DOWN = Map.of("status", "DOWN");

    // It comes and goes; without it there is an answer too.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable HealthMonitor monitor;

    private final transient HealthAnswers answers;
    private final transient ObjectMapper json = Documents.mapper();

    @Activate
    public HealthServlet() {
        answers = new HealthAnswers(() -> Optional.ofNullable(monitor), Ticker.system());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (request.getRequestURI()) {
            case "/health/live" -> answer(response, answers.isLive());
            case "/health/ready" -> answer(response, answers.isReady());
            case "/health/tree" -> {
                Optional<HealthDocument> tree = answers.tree();
                answer(
                        response,
                        tree.isPresent() ? 200 : 503,
                        tree.isPresent() ? tree.get() : DOWN);
            }
            default -> response.sendError(404);
        }
    }

    private void answer(HttpServletResponse response, boolean up) throws IOException {
        answer(response, up ? 200 : 503, up ? UP : DOWN);
    }

    private void answer(HttpServletResponse response, int status, Object document)
            throws IOException {
        byte[] bytes = json.writeValueAsBytes(document);
        response.setHeader("Cache-Control", "no-store");
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
