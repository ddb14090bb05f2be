package io.visionops.ingest.internal.camera;

import java.util.ArrayList;
import java.util.List;

/**
 * The next situation and what is to be done.
 *
 * @param effects in order
 */
record Step(Situation situation, List<Effect> effects) {

    Step {
        effects = List.copyOf(effects);
    }

    /** Nothing is to be done. */
    static Step to(Situation situation) {
        return new Step(situation, List.of());
    }

    Step and(Effect effect) {
        List<Effect> more = new ArrayList<>(effects);
        more.add(effect);
        return new Step(situation, more);
    }

    Step andIf(boolean condition, Effect effect) {
        return condition ? and(effect) : this;
    }
}
