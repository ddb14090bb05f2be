package io.visionops.api.subject;

import java.util.regex.Pattern;

/**
 * What a fact, an event or a repair is about, written {@code kind/name}: {@code camera/front},
 * {@code part/ingest}, {@code check/visionops.store.write}. Kinds are open: a part may have its
 * own.
 *
 * @param kind lower-case letters and dashes, 32 at most
 * @param name 1 to 200 characters, none of them a control character
 */
public record Subject(String kind, String name) {

    /** The kind of cameras. */
    public static final String CAMERA = "camera";

    /** The kind of parts of VisionOps. */
    public static final String PART = "part";

    private static final Pattern KIND = Pattern.compile("[a-z][a-z-]{0,31}");
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,200}");

    public Subject {
        if (!KIND.matcher(kind).matches() || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "no subject: " + kind + "/" + name + "; written kind/name, as in camera/front");
        }
    }

    public static Subject camera(String name) {
        return new Subject(CAMERA, name);
    }

    public static Subject part(String name) {
        return new Subject(PART, name);
    }

    /**
     * Reads {@code kind/name}; a name may hold slashes.
     *
     * @throws IllegalArgumentException with one line for its user when it is none
     */
    public static Subject parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new Subject(text, "")
                : new Subject(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
