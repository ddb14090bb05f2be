package io.visionops.rules.cycle.two;

import io.visionops.rules.cycle.one.Hen;

/** Needs what needs it. */
public final class Egg {
    public Hen hatch() {
        return new Hen();
    }
}
