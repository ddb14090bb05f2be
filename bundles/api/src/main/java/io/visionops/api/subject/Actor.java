package io.visionops.api.subject;

import java.util.regex.Pattern;

/**
 * Who asked for a change, written {@code kind/name}: {@code user/anna}, {@code part/health}, {@code
 * schedule/daily}.
 *
 * @param kind lower-case letters and dashes, 32 at most
 * @param name 1 to 200 characters, none of them a control character
 */
public record Actor(String kind, String name) {

    /** The kind of people, who log in. */
    public static final String USER = "user";

    private static final Pattern KIND = Pattern.compile("[a-z][a-z-]{0,31}");
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,200}");

    public Actor {
        if (!KIND.matcher(kind).matches() || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "no actor: " + kind + "/" + name + "; written kind/name, as in user/anna");
        }
    }

    public static Actor user(String name) {
        return new Actor(USER, name);
    }

    /** A part of VisionOps that acts by itself. */
    public static Actor part(String name) {
        return new Actor("part", name);
    }

    /** What is done at a set time. */
    public static Actor schedule(String name) {
        return new Actor("schedule", name);
    }

    /**
     * Reads {@code kind/name}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Actor parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new Actor(text, "")
                : new Actor(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
