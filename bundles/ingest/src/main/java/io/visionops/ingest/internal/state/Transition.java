package io.visionops.ingest.internal.state;

import java.util.ArrayList;
import java.util.List;

/**
 * The next situation and what is to be done.
 *
 * @param effects in order
 */
public record Transition(StateData stateData, List<Action> effects) {

    public Transition {
        effects = List.copyOf(effects);
    }

    /** Nothing is to be done. */
    static Transition to(StateData stateData) {
        return new Transition(stateData, List.of());
    }

    Transition and(Action action) {
        List<Action> more = new ArrayList<>(effects);
        more.add(action);
        return new Transition(stateData, more);
    }

    Transition andIf(boolean condition, Action action) {
        return condition ? and(action) : this;
    }
}
