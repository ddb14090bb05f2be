package io.visionops.updater.internal.maker;

import io.visionops.updater.internal.maker.MakerRepository.Published;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.Role;
import io.visionops.updater.internal.metadata.RootMetadata;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Makes keys and signs releases: {@code bin/visionops-release}. */
public final class ReleaseTool {

    private static final String RELEASE_EXPIRES = "90d";

    private static final String USAGE =
            """
            visionops-release new-keys KEYS [--product visionops] [--expires 730d]
                [--root-keys 3] [--root-threshold 2] [--targets-keys 1] [--targets-threshold 1]
                [--snapshot-keys 1] [--timestamp-keys 1]
            visionops-release sign --keys KEYS --repository REPOSITORY --from PROGRAM_FOLDER --number N
                [--platform linux-x86_64] [--expires 90d] [--timestamp-expires 7d]
            visionops-release timestamp --keys KEYS --repository REPOSITORY [--expires 7d]
            visionops-release extend --keys KEYS --repository REPOSITORY [--expires 90d] [--timestamp-expires 7d]
            visionops-release rotate ROLE --keys KEYS --repository REPOSITORY [--expires 730d] [--timestamp-expires 7d]
            visionops-release show --repository REPOSITORY""";

    private final PrintStream out;
    private final Clock clock;

    ReleaseTool(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    public static void main(String[] words) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new ReleaseTool(out, Clock.systemUTC()).run(List.of(words), System.err));
    }

    /** The exit status: 2 when it cannot be done, with one line that says why. */
    int run(List<String> words, PrintStream errors) {
        try {
            if (words.isEmpty() || words.get(0).equals("help") || words.get(0).equals("--help")) {
                out.println(USAGE);
                return words.isEmpty() ? 2 : 0;
            }
            run(words.get(0), words.subList(1, words.size()));
            return 0;
        } catch (ToolException e) {
            errors.println("visionops-release: " + e.getMessage());
            return 2;
        }
    }

    private void run(String command, List<String> words) throws ToolException {
        switch (command) {
            case "new-keys" -> new KeyCommands(out, clock).newKeys(words);
            case "sign" -> sign(words);
            case "timestamp" -> timestamp(words);
            case "extend" -> extend(words);
            case "rotate" -> new KeyCommands(out, clock).rotate(words);
            case "show" -> show(words);
            default ->
                    throw new ToolException(
                            "no command "
                                    + command
                                    + "; there are new-keys, sign, timestamp, extend, rotate, show");
        }
    }

    private void sign(List<String> words) throws ToolException {
        Arguments given =
                new Arguments(
                        words,
                        List.of(
                                Arguments.KEYS,
                                Arguments.REPOSITORY,
                                "--from",
                                "--number",
                                "--platform",
                                Arguments.EXPIRES,
                                Arguments.FRESH));
        given.end();
        Publication publication = publication(given);
        Release release =
                publication.release(
                        ProgramFolder.read(given.path("--from")),
                        given.number("--number", Release.MOST_NUMBER),
                        given.text("--platform", "linux-x86_64"),
                        given.duration(Arguments.EXPIRES, RELEASE_EXPIRES),
                        given.duration(Arguments.FRESH, Arguments.TIMESTAMP_EXPIRES));
        out.println(
                "release "
                        + release.number()
                        + " ("
                        + release.version()
                        + "): "
                        + release.files().size()
                        + " files, "
                        + release.bundles().size()
                        + " bundles, "
                        + release.length()
                        + " bytes, until "
                        + release.expires());
    }

    private void timestamp(List<String> words) throws ToolException {
        Arguments given =
                new Arguments(
                        words, List.of(Arguments.KEYS, Arguments.REPOSITORY, Arguments.EXPIRES));
        given.end();
        Publication publication = publication(given);
        Instant until =
                publication.timestamp(
                        publication.published(),
                        given.duration(Arguments.EXPIRES, Arguments.TIMESTAMP_EXPIRES));
        out.println("the timestamp is valid until " + until);
    }

    private void extend(List<String> words) throws ToolException {
        Arguments given =
                new Arguments(
                        words,
                        List.of(
                                Arguments.KEYS,
                                Arguments.REPOSITORY,
                                Arguments.EXPIRES,
                                Arguments.FRESH));
        given.end();
        Publication publication = publication(given);
        publication.extend(
                given.duration(Arguments.EXPIRES, RELEASE_EXPIRES),
                given.duration(Arguments.FRESH, Arguments.TIMESTAMP_EXPIRES));
        out.println(
                "release "
                        + publication.published().release().number()
                        + " is valid until "
                        + publication.published().release().expires());
    }

    private void show(List<String> words) throws ToolException {
        Arguments given = new Arguments(words, List.of(Arguments.REPOSITORY));
        given.end();
        // The roots are there as well, and more of the keys is not needed.
        Path folder = given.path(Arguments.REPOSITORY);
        Publication publication =
                new Publication(new KeyFolder(folder), new MakerRepository(folder), clock);
        RootMetadata root = publication.root();
        out.println(
                "root " + root.version() + " of " + root.product() + ", until " + root.expires());
        for (Role role : Role.values()) {
            out.println(
                    "  "
                            + role.word()
                            + ": "
                            + root.keys(role).threshold()
                            + " of "
                            + root.keys(role).keys().size()
                            + " keys");
        }
        Published published = publication.published();
        Release release = published.release();
        out.println(
                "timestamp "
                        + published.timestamp().version()
                        + ", until "
                        + published.timestamp().expires());
        out.println(
                "snapshot "
                        + published.snapshot().version()
                        + ", until "
                        + published.snapshot().expires());
        out.println(
                "release "
                        + release.number()
                        + " ("
                        + release.version()
                        + ") for "
                        + release.platform()
                        + ", until "
                        + release.expires());
        out.println(
                "  "
                        + release.files().size()
                        + " files, "
                        + release.bundles().size()
                        + " bundles, "
                        + release.length()
                        + " bytes, schema "
                        + release.schema());
    }

    private Publication publication(Arguments given) throws ToolException {
        return new Publication(
                new KeyFolder(given.path(Arguments.KEYS)),
                new MakerRepository(given.path(Arguments.REPOSITORY)),
                clock);
    }
}
