package io.visionops.backup.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.backup.BackupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTextTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir Path folder;

    @Test
    void whatIsPrintedIsReadAgainHoweverItIsTyped() throws Exception {
        for (int i = 0; i < 200; i++) {
            BackupKey key = BackupKey.random(RANDOM);
            String text = key.recoveryText();
            String typed =
                    text.toLowerCase(Locale.ROOT)
                            .replace('-', ' ')
                            .replace('0', 'o')
                            .replace('1', 'l');

            assertThat(text).matches("([0-9A-Z]{4}-){13}[0-9A-Z]{4}");
            assertThat(BackupKey.ofRecoveryText(text)).isEqualTo(key);
            assertThat(BackupKey.ofRecoveryText(typed)).isEqualTo(key);
        }
    }

    @Test
    void keysAtTheEndsOfTheirRangeAreReadAgain() throws Exception {
        byte[] ones = new byte[BackupKey.BYTES];
        Arrays.fill(ones, (byte) 0xff);
        for (byte[] secret : new byte[][] {new byte[BackupKey.BYTES], ones}) {
            BackupKey key = BackupKey.of(secret);

            assertThat(BackupKey.ofRecoveryText(key.recoveryText())).isEqualTo(key);
        }
    }

    @Test
    void oneWrongLetterIsFound() {
        String text = BackupKey.random(RANDOM).recoveryText();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '-') {
                continue;
            }
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            String wrong = text.substring(0, i) + other + text.substring(i + 1);

            assertThatThrownBy(() -> BackupKey.ofRecoveryText(wrong))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("mistyped");
        }
    }

    @Test
    void aLetterTooFewOrOneThatNoneHasIsNamed() {
        String text = BackupKey.random(RANDOM).recoveryText();

        assertThatThrownBy(() -> BackupKey.ofRecoveryText(text.substring(1)))
                .hasMessageContaining("55 letters");
        assertThatThrownBy(
                        () ->
                                BackupKey.ofRecoveryText(
                                        text.substring(0, 5) + "U" + text.substring(6)))
                .hasMessageContaining("group 2");
    }

    @Test
    void theKeyIsMadeOnceAndOnlyItsOwnerCanReadIt() throws Exception {
        Path file = folder.resolve("keys/backup.key");
        KeyFile keys = new KeyFile(file, RANDOM);

        assertThat(keys.read()).isEmpty();
        BackupKey made = keys.readOrMake();

        assertThat(keys.readOrMake()).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("keys"))))
                .isEqualTo("rwx------");
        assertThat(made.toString()).doesNotContain(made.recoveryText());
    }

    @Test
    void aDamagedKeyFileIsNamedAndNotReplaced() throws Exception {
        Path file = folder.resolve("backup.key");
        Files.writeString(file, "nonsense\n");
        KeyFile keys = new KeyFile(file, RANDOM);

        assertThatThrownBy(keys::readOrMake)
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("backup.key");
        assertThat(file).hasContent("nonsense");
    }
}
