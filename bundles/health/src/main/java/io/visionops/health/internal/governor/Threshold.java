package io.visionops.health.internal.governor;

import java.util.OptionalDouble;

/**
 * From where on an input asks for less, and how far it may go.
 *
 * @param release below this the level may rise
 * @param throttle from this on it asks for less, down to {@code throttleTo}
 * @param critical from this on, down to {@code criticalTo}; empty where there is one threshold
 */
record Threshold(
        double release,
        double throttle,
        OptionalDouble critical,
        GovernorLevel throttleTo,
        GovernorLevel criticalTo) {

    /** The lowest level that a value asks for. */
    GovernorLevel wanted(double value) {
        if (critical.isPresent() && value >= critical.getAsDouble()) {
            return criticalTo;
        }
        return value >= throttle ? throttleTo : GovernorLevel.FULL;
    }

    /**
     * Whether a value keeps the level from rising. A level that is lower than this input can ask
     * for is another one's matter.
     */
    boolean holds(double value, GovernorLevel level) {
        return value >= release && !level.isDeeperThan(criticalTo);
    }
}
