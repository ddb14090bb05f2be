package io.visionops.support.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedFilesTest {

    private static final String NAME = "org/bytedeco/opencv/linux-x86_64/lib.so";

    @TempDir Path folder;
    private Path cache;
    private Path unpacked;
    private UnpackedFiles files;
    private final byte[] whole = new byte[200_000];

    @BeforeEach
    void unpack() throws Exception {
        new Random(1).nextBytes(whole);
        Path classes = folder.resolve("classes");
        write(classes.resolve(NAME), whole);
        String owner = Owner.class.getName().replace('.', '/') + ".class";
        try (var in = Owner.class.getResourceAsStream("/" + owner)) {
            write(classes.resolve(owner), in.readAllBytes());
        }
        cache = folder.resolve("cache");
        unpacked = cache.resolve("linux-x86_64/lib.so");
        write(unpacked, whole);
        ClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null);
        files = UnpackedFiles.ofJavaCpp(cache, loader.loadClass(Owner.class.getName()));
    }

    @Test
    void whatDiffersAnywhereIsRemoved() throws IOException {
        for (int at : new int[] {0, 65_535, 65_536, whole.length - 1}) {
            byte[] other = whole.clone();
            other[at]++;
            Files.write(unpacked, other);

            assertThat(files.removeDamaged()).containsExactly(unpacked);

            assertThat(unpacked).doesNotExist();
        }
    }

    @Test
    void whatIsLongerOrShorterIsRemoved() throws IOException {
        for (int length : new int[] {0, 65_536, whole.length - 1, whole.length + 1}) {
            Files.write(unpacked, java.util.Arrays.copyOf(whole, length));

            assertThat(files.removeDamaged()).containsExactly(unpacked);
        }
    }

    @Test
    void whatIsWholeAndWhatIsNotOursStays() throws IOException {
        Path foreign = cache.resolve("stubs/lib.so");
        write(foreign, new byte[3]);

        assertThat(files.removeDamaged()).isEmpty();

        assertThat(unpacked).hasBinaryContent(whole);
        assertThat(foreign).exists();
    }

    @Test
    void theCheckIsMadeOnceABoot() throws IOException {
        files.checkOnceABoot();
        Files.write(unpacked, new byte[whole.length]);

        files.checkOnceABoot();
        assertThat(unpacked).exists();

        Files.writeString(cache.resolve("checked"), "another boot\n");
        files.checkOnceABoot();
        assertThat(unpacked).doesNotExist();
    }

    @Test
    void whereNothingIsUnpackedYetNothingIsToBeDone() throws IOException {
        assertThat(UnpackedFiles.ofJavaCpp(folder.resolve("none"), Owner.class).removeDamaged())
                .isEmpty();
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /** Lies beside the originals. */
    public static final class Owner {}
}
