package io.visionops.launcher;

import java.nio.file.Path;

/** The Java that runs this program, and will run Karaf. */
final class Java {

    static final int OLDEST = 17;
    static final int NEWEST = 21;

    private Java() {}

    static Path program() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    static String version() {
        return System.getProperty("java.version");
    }

    /**
     * Refuses what Karaf does not run on.
     *
     * @throws Failure when it is too old or too new
     */
    static void check() {
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
