package io.visionops.ingest.internal.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of files that nothing reads, since they are only almost right. */
final class NearName {

    private static final String ENDS = "[.](cfg|conf|config|ini|properties)([.]txt)?";

    private static final Pattern CAMERA =
            Pattern.compile(
                    "((io[._-])?visionops[._-])?cameras?[-_.~ ]?(?<name>.*?)" + ENDS,
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern OTHER =
            Pattern.compile("(?<start>io[._-]visionops[._-].+?)" + ENDS, Pattern.CASE_INSENSITIVE);

    private NearName() {}

    /**
     * What to do with a file, when it looks like one of ours and is none. Copies that editors leave
     * are none of them.
     *
     * @param all names in the folder
     */
    static Optional<String> of(String name, Set<String> all) {
        boolean read = name.startsWith("io.visionops.") && name.endsWith(".config");
        if (read || CameraFile.isCamera(name)) {
            return Optional.empty();
        }
        Matcher camera = CAMERA.matcher(name);
        if (camera.matches()) {
            String called = camera.group("name").replaceAll("[^a-zA-Z0-9_-]+", "-");
            return Optional.of(
                    "a camera's file is called "
                            + CameraFile.of(called.isEmpty() ? "NAME" : called).file());
        }
        Matcher other = OTHER.matcher(name);
        if (other.matches()) {
            String right =
                    other.group("start").toLowerCase(Locale.ROOT).replaceAll("[_-]", ".") + ".cfg";
            if (!right.equals(name) && all.contains(right)) {
                return Optional.of("the file is called " + right);
            }
        }
        return Optional.empty();
    }
}
