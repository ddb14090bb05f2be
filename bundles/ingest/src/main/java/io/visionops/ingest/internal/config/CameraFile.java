package io.visionops.ingest.internal.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which configuration file a camera comes from.
 *
 * @param file its name without folder, for example {@code io.visionops.camera-front.cfg}
 * @param camera the name in it, valid or not
 */
public record CameraFile(String file, String camera) {

    /** The factory whose configurations are cameras. */
    public static final String FACTORY = "io.visionops.camera";

    private static final String LOCATION = "felix.fileinstall.filename";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final Pattern FILE =
            Pattern.compile(Pattern.quote(FACTORY) + "[-~](.*)\\.(?:cfg|config)");

    /**
     * Whether we read a file of that name ourselves; one in Karaf's own format is brought by it.
     */
    static boolean isCamera(String file) {
        return file.endsWith(".cfg") && FILE.matcher(file).matches();
    }

    /** Whether it is a camera's in Karaf's own format. */
    static boolean isOfKaraf(String file) {
        return file.endsWith(".config") && FILE.matcher(file).matches();
    }

    /** By the name of the file. */
    public static CameraFile ofFile(String file) {
        Matcher named = FILE.matcher(file);
        return new CameraFile(file, named.matches() ? named.group(1) : file);
    }

    /** Whether config admin has it from a file that we read ourselves. */
    public static boolean isRead(Map<String, ?> properties) {
        return properties.get(LOCATION) != null && isCamera(from("", properties).file());
    }

    public static CameraFile of(String camera) {
        return new CameraFile(FACTORY + "-" + camera + ".cfg", camera);
    }

    /** Reads it from the properties that came with the configuration, else from its PID. */
    public static CameraFile from(String pid, Map<String, ?> properties) {
        Object location = properties.get(LOCATION);
        if (location != null) {
            // A URL: what is not allowed in one is escaped there, and would not be found by who
            // reads the name.
            String path = decoded(location.toString());
            return ofFile(path.substring(path.lastIndexOf('/') + 1));
        }
        return of(pid.startsWith(FACTORY) ? pid.substring(FACTORY.length() + 1) : pid);
    }

    private static String decoded(String location) {
        try {
            return URLDecoder.decode(location.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEscaped) {
            return location;
        }
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Why the camera's name cannot be used; empty when it can. */
    public Optional<String> nameRefused() {
        return isName(camera)
                ? Optional.empty()
                : Optional.of(
                        "the camera's name '"
                                + InvalidSetting.shown(camera)
                                + "': must be 1..64 of a-z A-Z 0-9 _ -");
    }
}
