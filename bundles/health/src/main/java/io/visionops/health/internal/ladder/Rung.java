package io.visionops.health.internal.ladder;

/**
 * One repair of a ladder.
 *
 * @param action name of a recovery action
 * @param target {@code kind/name}; {@link #NAMED}, {@link #GROWING} or {@link #ALL} of the action's
 *     targets
 * @param anHour how often it is made for one check within an hour, at most
 * @param aDay and within a day
 */
record Rung(String action, String target, int anHour, int aDay) {

    /** Those whose names stand in what the check says. */
    static final String NAMED = "named";

    /** Those whose memory grows; each is asked for once for a fault. */
    static final String GROWING = "growing";

    static final String ALL = "all";

    /** One that costs so little that an hour's budget is enough. */
    Rung(String action, String target, int anHour) {
        this(action, target, anHour, 24 * anHour);
    }
}
