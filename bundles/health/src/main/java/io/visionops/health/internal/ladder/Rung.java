package io.visionops.health.internal.ladder;

/**
 * One repair of a ladder.
 *
 * @param action name of a recovery action
 * @param target {@code kind/name}; {@link #NAMED} or {@link #ALL} of the action's targets
 * @param anHour how often it is made for one check within an hour, at most
 */
record Rung(String action, String target, int anHour) {

    /** Those whose names stand in what the check says. */
    static final String NAMED = "named";

    static final String ALL = "all";
}
