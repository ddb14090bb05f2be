package io.visionops.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.launcher.folder.Configuration;
import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.folder.FirstAdmin;
import io.visionops.launcher.folder.FrameworkCache;
import io.visionops.launcher.folder.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done before Karaf starts. */
class PreparationTest {

    @TempDir Path scratch;

    private Program program;
    private DataFolder data;

    @BeforeEach
    void folders() throws IOException {
        Path home = scratch.resolve("program");
        for (String folder : List.of("etc", "lib/boot", "lib/jdk9plus", "lib/endorsed", "system")) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.writeString(home.resolve("lib/version"), "version=1.2.3\nnatives=1.0.0\n");
        Files.writeString(home.resolve("etc/config.properties"), "new");
        Files.writeString(home.resolve("etc/startup.properties"), "");
        Files.writeString(home.resolve("etc/io.visionops.store.cfg"), "new");
        for (String jar :
                List.of(
                        "lib/boot/main.jar",
                        "lib/jdk9plus/more.jar",
                        "lib/endorsed/org.apache.karaf.specs.locator-4.jar",
                        "lib/endorsed/org.apache.karaf.specs.java.xml-4.jar")) {
            Files.writeString(home.resolve(jar), "");
        }
        program = Program.in(home);
        data = new DataFolder(scratch.resolve("data"));
        data.make(program);
    }

    @Test
    void whatIsTheProgramsIsReplacedAndWhatIsTheUsersIsKept() throws IOException {
        Files.writeString(data.etc().resolve("config.properties"), "old");
        Files.writeString(data.etc().resolve("io.visionops.store.cfg"), "mine");

        Configuration.prepare(program, data);

        assertThat(data.etc().resolve("config.properties")).hasContent("new");
        assertThat(data.etc().resolve("io.visionops.store.cfg")).hasContent("mine");
    }

    @Test
    void theFirstStartMakesAnAdminAndTheSecondDoesNot() throws IOException {
        String password = FirstAdmin.make(data).orElseThrow();

        assertThat(password).hasSizeGreaterThanOrEqualTo(32);
        assertThat(data.etc().resolve("admin-password")).hasContent(password);
        assertThat(Files.readString(data.etc().resolve("users.properties")))
                .contains("_g_:admingroup")
                .doesNotContain(password);
        assertThat(FirstAdmin.make(data)).isEmpty();
    }

    @Test
    void theCacheOfARunThatEndedInOrderIsKept() throws IOException {
        String stamp = FrameworkCache.stamp(program);
        Path cached = Files.createDirectories(data.karaf().resolve("cache"));
        FrameworkCache.endedInOrder(data, stamp);

        FrameworkCache.prepare(data, stamp);

        assertThat(cached).exists();
    }

    /** What was deleted from etc meanwhile would come back from it. */
    @Test
    void theConfigurationOfTheLastRunIsRemovedThoughItsCacheIsKept() throws IOException {
        String stamp = FrameworkCache.stamp(program);
        Path cached = Files.createDirectories(data.karaf().resolve("cache"));
        Path config = Files.createDirectories(data.karaf().resolve("config"));
        Path kept = Files.writeString(config.resolve("x.config"), "service.pid=\"x\"\n");
        FrameworkCache.endedInOrder(data, stamp);

        FrameworkCache.prepare(data, stamp);

        assertThat(kept).doesNotExist();
        assertThat(cached).exists();
    }

    @Test
    void theCacheOfARunThatDidNotEndInOrderIsMadeAnew() throws IOException {
        Path cached = Files.createDirectories(data.karaf().resolve("cache"));

        FrameworkCache.prepare(data, FrameworkCache.stamp(program));

        assertThat(cached).doesNotExist();
        assertThat(data.karaf().resolve("tmp")).isDirectory();
    }

    @Test
    void anotherProgramMakesTheCacheAnew() throws IOException {
        Path cached = Files.createDirectories(data.karaf().resolve("cache"));
        FrameworkCache.endedInOrder(data, "another " + FrameworkCache.stamp(program));

        FrameworkCache.prepare(data, FrameworkCache.stamp(program));

        assertThat(cached).doesNotExist();
    }

    @Test
    void theSocketOfTheChannelIsNamedByAPathThatIsAlwaysShort() {
        List<String> command =
                Karaf.command(
                        program,
                        data,
                        new Ports(1, 2),
                        "motion",
                        Optional.empty(),
                        List.of(),
                        "-Xmx1g -Da=b");

        assertThat(command)
                .contains(
                        "-Dvisionops.channel=run/shell.socket",
                        "-Dvisionops.detector=motion",
                        "-Xmx1g",
                        "-Da=b",
                        "-Dkaraf.base=" + data.root())
                .endsWith("org.apache.karaf.main.Main");
        assertThat(command.indexOf("-Xmx1g")).isGreaterThan(command.indexOf("-Xmx512m"));
    }

    @Test
    void aProgramFolderWithoutItsPartsIsNamed() throws IOException {
        Files.delete(program.home().resolve("lib/version"));

        assertThatThrownBy(() -> Program.in(program.home()))
                .hasMessageStartingWith("the program folder is not complete: ");
    }
}
