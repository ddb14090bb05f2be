package io.visionops.health.internal.expected;

import java.util.List;

/**
 * A bundle at one moment.
 *
 * @param name symbolic name
 * @param ofRelease whether a feature that is installed has it
 * @param faults components of it that do not come up, in plain words
 */
public record BundleView(
        String name, String version, Condition condition, boolean ofRelease, List<String> faults) {

    /** What a bundle does. */
    public enum Condition {
        /** As it should be: active, or resolved where it is a fragment. */
        ACTIVE("is active"),
        STARTING("is starting"),
        STOPPING("is stopping"),
        STOPPED("is stopped"),
        UNRESOLVED("cannot be started");

        private final String words;

        Condition(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public BundleView {
        faults = List.copyOf(faults);
    }

    public boolean isActive() {
        return condition == Condition.ACTIVE;
    }
}
