package io.visionops.rules.cycle.both;

/** Needs what {@link Chicken} encloses. */
final class Nest {

    private Nest() {}

    static Chicken.Home empty() {
        return new Chicken.Home(new Nest[0]);
    }
}
