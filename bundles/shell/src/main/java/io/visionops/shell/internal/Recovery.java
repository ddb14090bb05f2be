package io.visionops.shell.internal;

import io.visionops.api.recovery.RecoveryAction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The repairs that the parts offer now. */
public final class Recovery {

    private final BundleContext bundles;

    public Recovery(BundleContext bundles) {
        this.bundles = bundles;
    }

    /** Asks each of them, ordered by what is disturbed, then by name. */
    public <T> List<T> each(Function<RecoveryAction, T> question) {
        List<RecoveryAction> actions = new ArrayList<>();
        List<ServiceReference<RecoveryAction>> references = new ArrayList<>();
        try {
            for (ServiceReference<RecoveryAction> one :
                    bundles.getServiceReferences(RecoveryAction.class, null)) {
                RecoveryAction action = bundles.getService(one);
                if (action != null) {
                    references.add(one);
                    actions.add(action);
                }
            }
            actions.sort(
                    Comparator.comparing(RecoveryAction::scope)
                            .thenComparing(RecoveryAction::name));
            return actions.stream().map(question).toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        } finally {
            references.forEach(bundles::ungetService);
        }
    }

    /**
     * Asks one of them.
     *
     * @throws CommandException when there is none of that name
     */
    public <T> T named(String name, Function<RecoveryAction, T> question) {
        List<T> answers = new ArrayList<>();
        List<String> names =
                each(
                        action -> {
                            if (action.name().equals(name)) {
                                answers.add(question.apply(action));
                            }
                            return action.name();
                        });
        return answers.stream()
                .findFirst()
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "no repair "
                                                + Plain.line(name)
                                                + "; there are: "
                                                + String.join(", ", names)));
    }
}
