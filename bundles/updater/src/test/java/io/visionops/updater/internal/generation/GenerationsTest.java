package io.visionops.updater.internal.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.update.UpdateException;
import io.visionops.support.Sha256;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationsTest {

    private static final String STAYS = "system/org/stays.jar";
    private static final String NEW = "system/io/visionops/console/1.0.1/console-1.0.1.jar";
    private static final String PROGRAM = "bin/visionops";

    @TempDir Path folder;

    private Path base;
    private Path releases;
    private Generations generations;
    private final Map<String, String> texts =
            new TreeMap<>(
                    Map.of(
                            STAYS,
                            "stays",
                            NEW,
                            "new",
                            PROGRAM,
                            "run",
                            "lib/version",
                            "version=1.0.1"));

    @BeforeEach
    void make() throws IOException {
        base = folder.resolve("program");
        releases = folder.resolve("releases");
        write(base.resolve(STAYS), "stays");
        write(base.resolve(PROGRAM), "run");
        write(base.resolve("lib/version"), "version=1.0.0");
        generations = new Generations(releases, base);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Release release() throws IOException {
        Map<String, ReleaseFile> files = new TreeMap<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path sample = Files.writeString(folder.resolve("sample"), text.getValue());
            files.put(
                    text.getKey(),
                    new ReleaseFile(
                            Files.size(sample),
                            Sha256.hex(sample),
                            text.getKey().startsWith("bin/")));
        }
        return new Release(
                2, "1.0.1", "visionops", "linux-x86_64", Instant.MAX, 0, files, List.of());
    }

    /** A repository that has everything. */
    private Fetch whole(List<String> fetched) {
        return (file, target) -> {
            String path = releases.resolve("staging-000002").relativize(target).toString();
            fetched.add(path);
            Files.writeString(target, texts.getOrDefault(path, ""));
        };
    }

    @Test
    void linksWhatIsThereAndFetchesTheRest() throws IOException, UpdateException {
        List<String> fetched = new ArrayList<>();

        Path home = generations.stage(release(), ProgramFolder.read(base), whole(fetched));

        assertThat(home).isEqualTo(releases.resolve("000002"));
        assertThat(fetched).containsExactlyInAnyOrder(NEW, "lib/version");
        assertThat(Files.getAttribute(home.resolve(STAYS), "unix:ino"))
                .isEqualTo(Files.getAttribute(base.resolve(STAYS), "unix:ino"));
        assertThat(home.resolve(PROGRAM)).isExecutable();
        assertThat(Files.readAllLines(home.resolve(ProgramFolder.LIST))).hasSize(texts.size());
        assertThat(generations.kept()).containsExactly(2L);
        assertThat(releases.resolve("staging")).doesNotExist();
        assertThat(base.resolve("lib/version")).hasContent("version=1.0.0");
    }

    @Test
    void aFileThatHasChangedSinceItWasReadIsRefused() throws IOException {
        ProgramFolder present = ProgramFolder.read(base);
        Files.writeString(base.resolve(STAYS), "other");

        assertThatThrownBy(() -> generations.stage(release(), present, whole(new ArrayList<>())))
                .isInstanceOf(UpdateException.class)
                .hasMessageContaining("has changed");
        assertThat(generations.kept()).isEmpty();
    }

    @Test
    void aDownloadThatIsCutShortIsGoneOnWith() throws IOException, UpdateException {
        cutShortAfterOne(new UpdateException("the network is gone"));
        assertThat(generations.kept()).isEmpty();
        List<String> fetched = new ArrayList<>();
        List<ReleaseFile> there = new ArrayList<>();
        Fetch rest =
                new Fetch() {
                    @Override
                    public void fetch(ReleaseFile file, Path target)
                            throws UpdateException, IOException {
                        assertThat(Files.readString(Path.of(target + ".part"))).isEqualTo("n");
                        Files.delete(Path.of(target + ".part"));
                        whole(fetched).fetch(file, target);
                    }

                    @Override
                    public void isThere(ReleaseFile file) {
                        there.add(file);
                    }
                };

        Path home = generations.stage(release(), ProgramFolder.read(base), rest);

        assertThat(fetched).hasSize(1);
        assertThat(there).contains(release().files().get("lib/version"));
        assertThat(home.resolve(NEW)).hasContent("new");
        assertThat(home.resolve("lib/version")).hasContent("version=1.0.1");
        assertThat(Files.readAllLines(home.resolve(ProgramFolder.LIST))).hasSize(texts.size());
    }

    /** Fetches {@code lib/version}, and fails with a part of the next file. */
    private void cutShortAfterOne(Exception reason) {
        List<String> fetched = new ArrayList<>();
        Fetch cut =
                (file, target) -> {
                    if (fetched.size() == 1) {
                        Files.writeString(Path.of(target + ".part"), "n");
                        if (reason instanceof UpdateException refused) {
                            throw refused;
                        }
                        throw new IOException(reason.getMessage());
                    }
                    whole(fetched).fetch(file, target);
                };
        assertThatThrownBy(() -> generations.stage(release(), ProgramFolder.read(base), cut))
                .hasMessage(reason.getMessage());
    }

    @Test
    void whatHasComeOfOneReleaseIsNotKeptForAnother() throws IOException, UpdateException {
        cutShortAfterOne(new UpdateException("the network is gone"));
        write(releases.resolve("staging-000007").resolve(NEW), "new");

        generations.stage(release(), ProgramFolder.read(base), partless());

        assertThat(releases.resolve("staging-000007")).doesNotExist();
    }

    @Test
    void whatIsLeftOfAnotherReleaseOfThatNumberIsNoPartOfThisOne()
            throws IOException, UpdateException {
        write(releases.resolve("staging-000002").resolve(NEW), "old");
        write(releases.resolve("staging-000002/stray"), "stray");

        Path home = generations.stage(release(), ProgramFolder.read(base), partless());

        assertThat(home.resolve(NEW)).hasContent("new");
        assertThat(home.resolve("stray")).doesNotExist();
    }

    private Fetch partless() {
        return whole(new ArrayList<>());
    }

    @Test
    void aDiskThatIsFullGetsItsRoomBack() {
        cutShortAfterOne(new IOException("no space left on device"));

        assertThat(releases).isEmptyDirectory();
    }

    @Test
    void whatAPowerCutLeftOfAnotherAttemptIsNotUsed() throws IOException, UpdateException {
        write(releases.resolve("staging-000002").resolve(NEW), "torn");
        write(releases.resolve("staging/stray"), "stray");
        write(releases.resolve("000002").resolve("stray"), "stray");

        Path home =
                generations.stage(release(), ProgramFolder.read(base), whole(new ArrayList<>()));

        assertThat(home.resolve(NEW)).hasContent("new");
        assertThat(home.resolve("stray")).doesNotExist();
        assertThat(releases.resolve("staging")).doesNotExist();
    }

    @Test
    void aStateThatIsDamagedIsThatOfTheProgramAsItWasUnpackedAndIsWrittenAnew() throws IOException {
        write(releases.resolve("state"), "active=2");

        assertThat(generations.state().active()).isZero();

        generations.write(generations.state().trying(0, 2, 1));
        assertThat(generations.state().candidate()).isEqualTo(2);
    }

    @Test
    void bundlesAreOfferedToTheRunningProgramOverOlderOnes() throws IOException {
        write(base.resolve(NEW), "new");
        write(releases.resolve("live/io/visionops/console/1.0.1/console-1.0.1.jar"), "old");

        generations.offer(base, Set.of(NEW));

        assertThat(releases.resolve("live/io/visionops/console/1.0.1/console-1.0.1.jar"))
                .hasContent("new");
    }

    @Test
    void whatIsNotKeptIsRemoved() throws IOException {
        for (String number : List.of("000002", "000003", "000004", "staging-000005")) {
            write(releases.resolve(number).resolve("a.jar"), "a");
        }
        Files.writeString(generations.saved(2), "database");
        Files.writeString(generations.saved(4), "database");

        generations.keep(Set.of(0L, 4L));
        generations.dropDownloads();

        assertThat(generations.kept()).containsExactly(4L);
        assertThat(releases.resolve("staging-000005")).doesNotExist();
        assertThat(generations.saved(2)).doesNotExist();
        assertThat(generations.saved(4)).exists();
    }
}
