package io.visionops.security.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.secret.SecretException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeysTest {

    @TempDir Path folder;

    private Path file;
    private MasterKeys keys;

    @BeforeEach
    void createKeys() {
        file = folder.resolve("keys/master.key");
        keys = new MasterKeys(Optional.of(folder.resolve("credentials")), file, new SecureRandom());
    }

    @Test
    void aKeyIsMadeThatOnlyItsOwnerCanRead() throws Exception {
        assertThat(keys.find()).isEmpty();

        AesKey made = keys.make();

        assertThat(keys.find()).contains(made);
        assertThat(keys.file()).contains(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aCredentialOfSystemdComesBeforeTheFile() throws Exception {
        AesKey made = keys.make();
        Files.createDirectory(folder.resolve("credentials"));
        Path credential = folder.resolve("credentials").resolve(MasterKeys.CREDENTIAL);
        byte[] bytes = new byte[AesKey.BYTES];
        bytes[0] = '\n';
        Files.write(credential, bytes);

        assertThat(keys.find()).contains(AesKey.of(bytes)).isNotEqualTo(Optional.of(made));
        assertThat(keys.file()).isEmpty();
        assertThat(keys.place()).contains("systemd");
    }

    @Test
    void whatIsNoKeyIsNamedAndNotReplaced() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "abc\n");

        assertThatThrownBy(() -> keys.find())
                .isInstanceOf(SecretException.class)
                .hasMessageContaining(file + " is damaged: it must be 32 bytes");
        assertThat(file).hasContent("abc\n");
    }

    @Test
    void aKeyThatOthersCouldReadIsClosedToThem() throws Exception {
        AesKey made = keys.make();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(keys.find()).contains(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--------");
    }

    @Test
    void aKeyDoesNotSayWhatItIs() throws Exception {
        AesKey key = keys.make();

        assertThat(key.toString()).hasSize("key ".length() + 16).doesNotContain(key.text());
    }
}
