package io.visionops.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {

    private static final byte[] SECRET = "sesame".getBytes(StandardCharsets.US_ASCII);

    @TempDir Path scratch;

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aFileAndItsFolderAreForTheirOwnerAlone() throws IOException {
        Path file = scratch.resolve("keys/master.key");

        PrivateFile.write(file, SECRET);

        assertThat(file).hasContent("sesame");
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(file.getParent())).isEqualTo("rwx------");
    }

    @Test
    void aFolderThatIsThereStaysAsItIs() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("keys"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));

        PrivateFile.makeFolder(folder);
        PrivateFile.write(folder.resolve("master.key"), SECRET);

        assertThat(permissions(folder)).isEqualTo("rwxr-x---");
    }

    @Test
    void aFileThatIsReadOnlyIsReplacedAllTheSame() throws IOException {
        Path file = scratch.resolve("keys/master.key");
        PrivateFile.writeReadOnly(file, "before".getBytes(StandardCharsets.US_ASCII));

        PrivateFile.writeReadOnly(file, SECRET);

        assertThat(file).hasContent("sesame");
        assertThat(permissions(file)).isEqualTo("r--------");
    }
}
