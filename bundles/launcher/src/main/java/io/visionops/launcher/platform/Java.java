package io.visionops.launcher.platform;

import java.nio.file.Path;

/** The Java that runs this program, and will run Karaf. */
public final class Java {

    static final int OLDEST = 17;
    static final int NEWEST = 21;

    private Java() {}

    public static Path program() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    public static String version() {
        return System.getProperty("java.version");
    }

    /**
     * Refuses what Karaf does not run on.
     *
     * @throws Failure when it is too old or too new
     */
    public static void check() {
        int feature = Runtime.version().feature();
        if (feature < OLDEST || feature > NEWEST) {
            throw new Failure(
                    program()
                            + " is Java "
                            + version()
                            + ": Java "
                            + OLDEST
                            + " to "
                            + NEWEST
                            + " is needed");
        }
    }
}
