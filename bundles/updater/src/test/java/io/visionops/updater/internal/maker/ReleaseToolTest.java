package io.visionops.updater.internal.maker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.testkit.ManualClock;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseBundle;
import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import io.visionops.updater.internal.source.FileSource;
import io.visionops.updater.internal.source.Source;
import io.visionops.updater.internal.trust.ProductIdentity;
import io.visionops.updater.internal.trust.UpdateRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseToolTest {

    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir private Path folder;

    private final ManualClock clock = new ManualClock(NOW);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private Distribution program;

    @BeforeEach
    void unpack() throws IOException {
        program = new Distribution(folder.resolve("program"));
    }

    @Test
    void aSignedReleaseIsFoundAndItsFilesAreFetched() throws Exception {
        works("new-keys", "KEYS");
        works("sign", "--from", "PROGRAM", "--number", "1");

        Release release = client().refresh();

        assertThat(release.number()).isEqualTo(1);
        assertThat(release.version()).isEqualTo("1.2.0");
        assertThat(release.schema()).isEqualTo(4);
        assertThat(release.expires()).isEqualTo(NOW.plus(Duration.ofDays(90)));
        assertThat(release.bundles())
                .contains(
                        new ReleaseBundle(
                                "io.visionops.store",
                                "1.0.0",
                                "system/io/visionops/store/1.0.0/store-1.0.0.jar"));
        assertThat(release.files().get("bin/visionops").executable()).isTrue();
        assertThat(release.files().get("lib/version").executable()).isFalse();
        for (ReleaseFile file : release.files().values()) {
            Path got = folder.resolve(file.sha256());
            new FileSource(repository()).file(file, got, Source.Progress.NONE);
            assertThat(got).hasSize(file.length());
        }
        assertThat(client().verified()).contains(release);
    }

    @Test
    void keysAreTheirOwnersAlone() throws IOException {
        works("new-keys", "KEYS", "--targets-keys", "2");

        assertThat(Files.getPosixFilePermissions(keys()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        List<Path> files = list(keys());
        assertThat(files).hasSize(3 + 2 + 1 + 1 + 1);
        for (Path key : files) {
            if (key.toString().endsWith(".key")) {
                assertThat(Files.getPosixFilePermissions(key))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    @Test
    void aFolderWithSomethingInItIsNotUsedForKeys() throws IOException {
        Files.createDirectories(keys());
        Files.writeString(keys().resolve("mine"), "", StandardCharsets.UTF_8);

        fails("is not empty", "new-keys", "KEYS");
    }

    @Test
    void aNumberThatIsNotHigherIsRefused() {
        works("new-keys", "KEYS");
        works("sign", "--from", "PROGRAM", "--number", "7");

        fails("release 7 is published", "sign", "--from", "PROGRAM", "--number", "7");
        fails("release 7 is published", "sign", "--from", "PROGRAM", "--number", "6");
    }

    @Test
    void otherBytesUnderTheSameVersionOfABundleAreRefused() throws IOException {
        works("new-keys", "KEYS");
        works("sign", "--from", "PROGRAM", "--number", "1");
        program.bundle("ingest", "1.0.0", "changed");

        fails(
                "io.visionops.ingest 1.0.0 has other bytes than in release 1: raise its version",
                "sign",
                "--from",
                "PROGRAM",
                "--number",
                "2");
    }

    @Test
    void aBundleThatGoesBackIsRefused() throws IOException {
        works("new-keys", "KEYS");
        works("sign", "--from", "PROGRAM", "--number", "1");
        Files.delete(program.folder().resolve("system/io/visionops/ingest/1.0.0/ingest-1.0.0.jar"));
        program.bundle("ingest", "0.9.0", "older");

        fails("is below 1.0.0", "sign", "--from", "PROGRAM", "--number", "2");
    }

    @Test
    void aSymbolicLinkIsRefused() throws IOException {
        works("new-keys", "KEYS");
        Files.createSymbolicLink(program.folder().resolve("etc/passwd"), Path.of("/etc/passwd"));

        fails("etc/passwd is a link", "sign", "--from", "PROGRAM", "--number", "1");
    }

    @Test
    void aFolderThatHasRunIsRefused() throws IOException {
        works("new-keys", "KEYS");
        program.file("data/cache/x", "");

        fails("has run", "sign", "--from", "PROGRAM", "--number", "1");
    }

    @Test
    void aFolderThatIsNoDistributionIsRefused() throws IOException {
        works("new-keys", "KEYS");
        Files.delete(program.folder().resolve("lib/version"));

        fails("it has no lib/version", "sign", "--from", "PROGRAM", "--number", "1");
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws IOException {
        works("new-keys", "KEYS");
        Files.setPosixFilePermissions(
                keys().resolve("targets-1.v1.key"), PosixFilePermissions.fromString("rw-r--r--"));

        fails("others may read the key", "sign", "--from", "PROGRAM", "--number", "1");
    }

    @Test
    void withoutTheKeyOfARoleNothingIsWritten() throws IOException {
        works("new-keys", "KEYS");
        Files.delete(keys().resolve("timestamp-1.v1.key"));

        fails("timestamp needs the signatures of 1", "sign", "--from", "PROGRAM", "--number", "1");
        assertThat(repository()).doesNotExist();
    }

    @Test
    void rootKeysMayBeElsewhereWhenAReleaseIsSigned() throws Exception {
        works("new-keys", "KEYS");
        for (int i = 1; i <= 3; i++) {
            Files.delete(keys().resolve("root-" + i + ".v1.key"));
        }

        works("sign", "--from", "PROGRAM", "--number", "1");

        assertThat(client().refresh().number()).isEqualTo(1);
        fails("root needs the signatures of 2", "rotate", "targets");
    }

    @Test
    void aTimestampThatIsExtendedIsValidForLonger() throws Exception {
        works("new-keys", "KEYS");
        works("sign", "--from", "PROGRAM", "--number", "1");
        client().refresh();
        clock.advance(Duration.ofDays(8));
        assertThatThrownBy(() -> client().refresh())
                .isInstanceOfSatisfying(
                        RepositoryException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.EXPIRED));

        works("timestamp", "--expires", "30d");

        assertThat(client().refresh().number()).isEqualTo(1);
        clock.advance(Duration.ofDays(29));
        assertThat(client().refresh().number()).isEqualTo(1);
    }

    @Test
    void aReleaseThatIsExtendedIsValidForLonger() throws Exception {
        works("new-keys", "KEYS");
        works("sign", "--from", "PROGRAM", "--number", "1");
        client().refresh();
        clock.advance(Duration.ofDays(91));

        works("extend", "--expires", "60d");

        assertThat(client().refresh().expires())
                .isEqualTo(clock.instant().plus(Duration.ofDays(60)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "targets", "snapshot", "timestamp"})
    void afterARotationClientsGoOnAndTheNextReleaseIsSigned(String role) throws Exception {
        works("new-keys", "KEYS", "--targets-keys", "2");
        works("sign", "--from", "PROGRAM", "--number", "1");
        Files.copy(keys().resolve("1.root.json"), folder.resolve("pinned.json"));
        client().refresh();

        works("rotate", role);
        assertThat(client().refresh().number()).isEqualTo(1);
        works("rotate", role);
        for (Path key : list(keys())) {
            if (key.toString().contains(role + "-") && !key.toString().contains(".v3.")) {
                Files.delete(key);
            }
        }
        works("sign", "--from", "PROGRAM", "--number", "2");

        assertThat(client().refresh().number()).isEqualTo(2);
        works("show");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("root 3 of visionops", "release 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "build",
                "sign --number 1",
                "sign --from PROGRAM",
                "sign --from PROGRAM --number x",
                "sign --from PROGRAM --number 0",
                "sign --from PROGRAM --number 1 --number 2",
                "sign --from PROGRAM --number 1 --expires soon",
                "sign --from PROGRAM --number 1 --expires 1s",
                "sign --from PROGRAM --number 1 --platform LINUX",
                "sign --from PROGRAM --number 1 now",
                "sign --from PROGRAM --colour red",
                "sign --from",
                "new-keys",
                "rotate",
                "rotate mirror",
                "timestamp",
                "extend",
                "show"
            })
    void aMistakeCostsOneLine(String words) {
        works("new-keys", "KEYS");

        fails("visionops-release: ", words.split(" "));
        assertThat(errors.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    }

    private UpdateRepository client() throws IOException {
        Path pinned = folder.resolve("pinned.json");
        return new UpdateRepository(
                folder.resolve("trust"),
                Files.exists(pinned) ? pinned : keys().resolve("1.root.json"),
                new FileSource(repository()),
                clock,
                new ProductIdentity("visionops", "linux-x86_64", NOW));
    }

    private Path keys() {
        return folder.resolve("keys");
    }

    private Path repository() {
        return folder.resolve("repository");
    }

    private void works(String... words) {
        assertThat(run(words)).as(() -> errors.toString(StandardCharsets.UTF_8)).isZero();
    }

    private void fails(String line, String... words) {
        errors.reset();
        assertThat(run(words)).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains(line);
    }

    private int run(String... words) {
        List<String> all = new ArrayList<>();
        for (String word : words) {
            all.add(
                    word.equals("KEYS")
                            ? keys().toString()
                            : word.equals("PROGRAM") ? program.folder().toString() : word);
        }
        if (!words[0].equals("new-keys")) {
            if (!words[0].equals("show")) {
                all.addAll(List.of("--keys", keys().toString()));
            }
            all.addAll(List.of("--repository", repository().toString()));
        }
        return new ReleaseTool(new PrintStream(out, true, StandardCharsets.UTF_8), clock)
                .run(all, new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
