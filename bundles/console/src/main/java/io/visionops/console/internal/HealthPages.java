package io.visionops.console.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.health.HealthMonitor;
import io.visionops.api.time.Ticker;
import io.visionops.support.document.HealthDocument;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What {@link HealthMonitor} has last said, for programs. Thread-safe. */
@Component(service = HealthPages.class)
public final class HealthPages {

    private static final String TYPE = "application/json";

    private static final Map<String, String> UP = Map.of("status", "UP");
    private static final Map<String, String> DOWN = Map.of("status", "DOWN");

    // It comes and goes; without it there is an answer too.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable HealthMonitor monitor;

    private final HealthAnswers answers;
    private final ObjectMapper json = Documents.mapper();

    @Activate
    public HealthPages() {
        answers = new HealthAnswers(() -> Optional.ofNullable(monitor), Ticker.system());
    }

    /** Whether the program should be restarted. */
    void live(HttpServletResponse response) throws IOException {
        answer(response, answers.isLive());
    }

    /** Whether it does its job. */
    void ready(HttpServletResponse response) throws IOException {
        answer(response, answers.isReady());
    }

    /** Every check. */
    void tree(HttpServletResponse response) throws IOException {
        Optional<HealthDocument> tree = answers.tree();
        if (tree.isPresent()) {
            answer(response, 200, tree.get());
        } else {
            answer(response, 503, DOWN);
        }
    }

    private void answer(HttpServletResponse response, boolean up) throws IOException {
        answer(response, up ? 200 : 503, up ? UP : DOWN);
    }

    private void answer(HttpServletResponse response, int status, Object document)
            throws IOException {
        PageAnswer.send(response, status, TYPE, json.writeValueAsBytes(document));
    }
}
