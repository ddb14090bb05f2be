package io.visionops.updater.internal.maker;

import io.visionops.updater.internal.maker.MakerRepository.Published;
import io.visionops.updater.internal.metadata.MetadataKey;
import io.visionops.updater.internal.metadata.Role;
import io.visionops.updater.internal.metadata.RoleKeys;
import io.visionops.updater.internal.metadata.RootMetadata;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The commands that make keys and roots. */
final class KeyCommands {

    private static final String ROOT_EXPIRES = "730d";
    private static final int MOST_KEYS = 8;

    private final PrintStream out;
    private final Clock clock;

    KeyCommands(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    void newKeys(List<String> words) throws ToolException {
        Arguments given =
                new Arguments(
                        words,
                        List.of(
                                "--product",
                                Arguments.EXPIRES,
                                "--root-keys",
                                "--root-threshold",
                                "--targets-keys",
                                "--targets-threshold",
                                "--snapshot-keys",
                                "--timestamp-keys"));
        Path folder = Path.of(given.word("the folder for the keys")).toAbsolutePath();
        given.end();
        String product = given.text("--product", "visionops");
        if (!product.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
            throw new ToolException("--product is to be of small letters, digits and . _ -");
        }
        Map<Role, Integer> counts = new EnumMap<>(Role.class);
        Map<Role, Integer> thresholds = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            int count =
                    given.number(
                            "--" + role.word() + "-keys", role == Role.ROOT ? 3 : 1, MOST_KEYS);
            counts.put(role, count);
            thresholds.put(role, 1);
        }
        thresholds.put(
                Role.ROOT,
                threshold(given, Role.ROOT, counts, Math.min(2, keysOf(Role.ROOT, counts))));
        thresholds.put(
                Role.TARGETS, threshold(given, Role.TARGETS, counts, keysOf(Role.TARGETS, counts)));
        Instant expires = after(given.duration(Arguments.EXPIRES, ROOT_EXPIRES));

        KeyFolder keys = KeyFolder.create(folder);
        Map<Role, RoleKeys> roles = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            roles.put(
                    role,
                    new RoleKeys(
                            role,
                            keys.generate(role, keysOf(role, counts), 1),
                            keysOf(role, thresholds)));
        }
        RootMetadata root = new RootMetadata(1, expires, product, roles);
        keys.write(root, keys.sign(root.form(), root.keys(Role.ROOT)));
        out.println("keys and 1.root.json are in " + folder);
    }

    private static int threshold(
            Arguments given, Role role, Map<Role, Integer> counts, int otherwise)
            throws ToolException {
        return given.number("--" + role.word() + "-threshold", otherwise, keysOf(role, counts));
    }

    private static int keysOf(Role role, Map<Role, Integer> numbers) {
        return numbers.getOrDefault(role, 1);
    }

    /** The new keys are on the disk before the root that names them. */
    void rotate(List<String> words) throws ToolException {
        Arguments given =
                new Arguments(
                        words,
                        List.of(
                                Arguments.KEYS,
                                Arguments.REPOSITORY,
                                Arguments.EXPIRES,
                                Arguments.FRESH));
        Role role = role(given.word("the role"));
        given.end();
        Instant expires = after(given.duration(Arguments.EXPIRES, ROOT_EXPIRES));
        Duration fresh = given.duration(Arguments.FRESH, Arguments.TIMESTAMP_EXPIRES);
        KeyFolder keys = new KeyFolder(given.path(Arguments.KEYS));
        MakerRepository repository = new MakerRepository(given.path(Arguments.REPOSITORY));
        List<RootMetadata> chain = keys.chain();
        RootMetadata old = chain.get(chain.size() - 1);
        Optional<Published> before = repository.published(chain);
        requireFor(role, keys, old, before.isPresent());

        RoleKeys was = old.keys(role);
        Map<String, MetadataKey> made = keys.generate(role, was.keys().size(), old.version() + 1);
        Map<Role, RoleKeys> roles = new HashMap<>(old.roles());
        roles.put(role, new RoleKeys(role, made, was.threshold()));
        RootMetadata root = new RootMetadata(old.version() + 1, expires, old.product(), roles);
        keys.write(root, keys.sign(root.form(), old.keys(Role.ROOT), root.keys(Role.ROOT)));
        repository.writeRoots(keys.roots());
        if (before.isPresent()) {
            new Publication(keys, repository, clock).signAgain(role, before.get(), fresh);
        }
        out.println(
                "root "
                        + root.version()
                        + " names new keys for "
                        + role.word()
                        + "; of "
                        + role.word()
                        + "-*.key, only *.v"
                        + root.version()
                        + ".key are still of use");
    }

    /** All that is needed is looked for first: half of a rotation is hard to explain. */
    private static void requireFor(Role role, KeyFolder keys, RootMetadata old, boolean published)
            throws ToolException {
        keys.require(old.keys(Role.ROOT));
        if (published && role == Role.TARGETS) {
            keys.require(old.keys(Role.SNAPSHOT));
        }
        if (published && (role == Role.TARGETS || role == Role.SNAPSHOT)) {
            keys.require(old.keys(Role.TIMESTAMP));
        }
    }

    private static Role role(String word) throws ToolException {
        for (Role role : Role.values()) {
            if (role.word().equals(word.toLowerCase(Locale.ROOT))) {
                return role;
            }
        }
        throw new ToolException(
                "no role " + word + "; there are root, targets, snapshot, timestamp");
    }

    private Instant after(Duration duration) {
        return clock.instant().plus(duration).truncatedTo(ChronoUnit.SECONDS);
    }
}
