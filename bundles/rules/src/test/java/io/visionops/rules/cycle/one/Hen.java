package io.visionops.rules.cycle.one;

import io.visionops.rules.cycle.two.Egg;

/** Needs what needs it. */
public final class Hen {
    public Egg lay() {
        return new Egg();
    }
}
