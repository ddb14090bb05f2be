package io.visionops.rules.cycle.both;

/** Needs {@link Nest}, by a class that it encloses. */
public final class Chicken {

    record Home(Nest[] nests) {}

    private Chicken() {}
}
