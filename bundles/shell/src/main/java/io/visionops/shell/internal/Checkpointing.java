package io.visionops.shell.internal;

import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.subject.Actor;
import io.visionops.shell.internal.json.SavedRow;
import io.visionops.support.checkpoint.CheckpointRound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Asks all parts that are there now to save what they know. */
public final class Checkpointing {

    /** As long as a part says itself. */
    private static final Duration MOST = Duration.ofDays(1);

    private final BundleContext bundles;

    public Checkpointing(BundleContext bundles) {
        this.bundles = bundles;
    }

    /** Asks all of them side by side; ordered by part, then by owner. */
    public List<SavedRow> ask(String reason, Actor by) {
        List<ServiceReference<CheckpointAction>> references = new ArrayList<>();
        List<CheckpointAction> actions = new ArrayList<>();
        try {
            for (ServiceReference<CheckpointAction> one :
                    bundles.getServiceReferences(CheckpointAction.class, null)) {
                CheckpointAction action = bundles.getService(one);
                if (action != null) {
                    references.add(one);
                    actions.add(action);
                }
            }
            return CheckpointRound.ask(actions, MOST, reason, by).stream()
                    .flatMap(saved -> SavedRow.of(saved).stream())
                    .sorted(Comparator.comparing(SavedRow::part).thenComparing(SavedRow::owner))
                    .toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted", e);
        } finally {
            references.forEach(bundles::ungetService);
        }
    }
}
