package io.visionops.updater.internal.plan;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How a change can be made: 1 swaps bundles that export nothing while the program goes on, 2 starts
 * the program again.
 *
 * @param reason why it is that one, for a person
 */
record Level(int number, String reason) {

    /** Parts that leave their state to their successor and that nobody is wired to. */
    private static final Pattern SWAPPED =
            Pattern.compile(
                    "system/io/visionops/(store|ingest|discovery|inference|shell|console|health|backup|security)/.*[.]jar");

    /** What says which bundles there are, and what is read at the next start or by people. */
    private static final Pattern WITHOUT_EFFECT =
            Pattern.compile(
                    "system/io/visionops/features/.*"
                            + "|etc/org[.]apache[.]karaf[.]features[.]cfg"
                            + "|etc/org[.]apache[.]karaf[.]command[.]acl[.].*[.]cfg"
                            + "|etc/io[.]visionops[.].*[.]cfg"
                            + "|etc/(camera[.]example|README|branding.*)"
                            + "|lib/version|lib/visionops-launcher[.]jar"
                            + "|bin/.*|demo/.*|LICENSE");

    private static final int NAMED = 3;

    /**
     * @param changed paths of files that come, go or change
     * @param replaced those that change and keep their name
     */
    static Level of(Set<String> changed, Set<String> replaced) {
        List<String> heavy =
                new TreeSet<>(changed)
                        .stream()
                                .filter(
                                        path ->
                                                replaced.contains(path)
                                                        || !SWAPPED.matcher(path).matches())
                                .filter(path -> !WITHOUT_EFFECT.matcher(path).matches())
                                .toList();
        if (heavy.isEmpty()) {
            return new Level(1, "only parts change that are swapped while cameras go on");
        }
        String names =
                heavy.stream().limit(NAMED).map(Level::name).distinct().collect(joining(", "));
        return new Level(
                2,
                names
                        + (heavy.size() > NAMED ? " and more" : "")
                        + " cannot be swapped while the program runs");
    }

    /** The last part of a path says enough. */
    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
