package io.visionops.launcher.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dvisionops.flips=10000} flips more bits. */
class KeptConfigurationTest {

    private static final int FLIPS = Integer.getInteger("visionops.flips", 300);
    private static final long SEED = Long.getLong("visionops.flips.seed", 7);

    private static final String CAMERA = "io.visionops.camera-door.cfg";
    private static final String TEXT = "name = door\nurl = rtsp://10.0.0.7/live\n";

    @TempDir private Path root;

    /** How often a file was written, as the file system would know it. */
    private final Map<Path, Integer> written = new HashMap<>();

    private DataFolder data;
    private Path copies;
    private KeptConfiguration kept;

    @BeforeEach
    void writeAndKeep() throws IOException {
        data = new DataFolder(root);
        copies = root.resolve("etc-copies");
        Files.createDirectories(data.etc());
        kept =
                new KeptConfiguration(
                        data,
                        file ->
                                Files.exists(file)
                                        ? Optional.of("write-" + written.getOrDefault(file, 0))
                                        : Optional.empty());
        write(CAMERA, TEXT);
        write("users.properties", "admin = x,_g_:admingroup\n");
        write("admin-password", "first\n");
        assertThat(kept.mend()).isEmpty();
        assertThat(kept.keep()).isEmpty();
    }

    private Path etc(String name) {
        return data.etc().resolve(name);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(etc(name), text);
        written.merge(etc(name), 1, Integer::sum);
    }

    private static void flip(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int bit = random.nextInt(8 * bytes.length);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(file, bytes);
    }

    @Test
    void eachBitThatFlipsIsFoundAndThePreviousBytesAreBack() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < FLIPS; i++) {
            flip(etc(CAMERA), random);

            List<String> found = kept.mend();

            assertThat(found).as("flip %d", i).hasSize(1);
            assertThat(found.get(0)).startsWith("etc/" + CAMERA + " was damaged on the disk");
            assertThat(etc(CAMERA)).hasContent(TEXT);
            assertThat(kept.keep()).isEmpty();
        }
        assertThat(etc(CAMERA + ".damaged")).exists();
    }

    @Test
    void whatRotsAmongTheCopiesChangesNothingAndIsMadeAnew() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < FLIPS; i++) {
            flip(copies.resolve(i % 2 == 0 ? CAMERA : "index"), random);

            assertThat(kept.mend()).as("flip %d", i).isEmpty();

            assertThat(etc(CAMERA)).hasContent(TEXT);
            assertThat(kept.keep()).isEmpty();
            assertThat(copies.resolve(CAMERA)).hasContent(TEXT);
        }
    }

    @Test
    void aFileWhoseCopyHasRottedTooIsNamedAndLeftAsItIs() throws IOException {
        Files.writeString(etc(CAMERA), TEXT.replace("10", "90"));
        Files.writeString(copies.resolve(CAMERA), TEXT.replace("live", "lIve"));

        assertThat(kept.mend()).singleElement().asString().contains(CAMERA + " may be damaged");

        assertThat(etc(CAMERA)).hasContent(TEXT.replace("10", "90"));
    }

    @Test
    void whatSomebodyWritesOrRemovesStaysSo() throws IOException {
        String edited = TEXT.replace("10.0.0.7", "10.0.0.8");
        write(CAMERA, edited);
        Files.delete(etc("users.properties"));

        assertThat(kept.mend()).isEmpty();
        assertThat(kept.keep()).isEmpty();

        assertThat(etc(CAMERA)).hasContent(edited);
        assertThat(copies.resolve(CAMERA)).hasContent(edited);
        assertThat(copies.resolve("users.properties")).doesNotExist();
        assertThat(etc("users.properties")).doesNotExist();
    }

    @Test
    void anEditThatHidesItsTimeIsAnEditToo() throws IOException, InterruptedException {
        KeptConfiguration real = new KeptConfiguration(data);
        FileTime time = Files.getLastModifiedTime(etc(CAMERA));
        real.keep();
        String edited = TEXT.replace("10.0.0.7", "10.0.0.8");
        // The clock of the file system goes in steps of some milliseconds.
        while (Files.getAttribute(etc(CAMERA), "unix:ctime")
                .equals(
                        Files.getAttribute(
                                Files.writeString(root.resolve("later"), "x"), "unix:ctime"))) {
            Thread.onSpinWait();
        }
        Files.writeString(etc(CAMERA), edited);
        Files.setLastModifiedTime(etc(CAMERA), time);

        assertThat(real.mend()).isEmpty();

        assertThat(etc(CAMERA)).hasContent(edited);
    }

    @Test
    void theFirstPasswordIsNotCopiedAndCopiesAreForTheOwnerAlone() throws IOException {
        assertThat(copies.resolve("admin-password")).doesNotExist();
        assertThat(Files.getPosixFilePermissions(copies)).hasSize(3);
        assertThat(Files.getPosixFilePermissions(copies.resolve(CAMERA))).hasSize(2);
    }

    @Test
    void whereNoCopyCanBeWrittenItIsSaid() throws IOException {
        for (Path file : List.of(copies.resolve(CAMERA), copies.resolve("users.properties"))) {
            Files.delete(file);
        }
        Files.delete(copies.resolve("index"));
        Files.delete(copies);
        Files.writeString(copies, "a file");

        assertThat(kept.keep()).hasValueSatisfying(why -> assertThat(why).contains("no copies"));
        assertThat(kept.mend()).isEmpty();
    }
}
