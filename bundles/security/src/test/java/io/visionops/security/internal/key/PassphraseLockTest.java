package io.visionops.security.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.secret.SecretException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassphraseLockTest {

    private static final String PASSPHRASE = "Grüße aus dem Stall";
    private static final String WRONG = "correct horse battery";

    @TempDir Path folder;

    private Path file;
    private Path locked;
    private MasterKeys keys;
    private AesKey key;

    @BeforeEach
    void makeKey() throws Exception {
        file = folder.resolve("keys/master.key");
        locked = folder.resolve("keys/master.key.locked");
        keys = keys(file);
        key = keys.make();
    }

    /** As after a start. */
    private static MasterKeys keys(Path file) {
        return new MasterKeys(Optional.empty(), file, 10, new SecureRandom());
    }

    @Test
    void theLockedFileSaysHowItIsLockedAndHoldsNoKeyInClear() throws Exception {
        String clear = key.text();
        new MasterKeys(Optional.empty(), file, new SecureRandom()).lock(key, PASSPHRASE);

        JsonNode json = new ObjectMapper().readTree(locked.toFile());
        assertThat(json.get("format").asInt()).isOne();
        assertThat(json.get("masterKey").asText()).isEqualTo(key.id());
        assertThat(json.get("kdf").asText()).isEqualTo("PBKDF2-HMAC-SHA256");
        assertThat(json.get("iterations").asInt()).isEqualTo(600_000);
        assertThat(Base64.getDecoder().decode(json.get("salt").asText())).hasSize(16);
        assertThat(Files.readString(locked)).doesNotContain(clear).doesNotContain("Stall");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(locked)))
                .isEqualTo("r--------");
        assertThat(file).doesNotExist();
        MasterKeys started = keys(file);
        started.unlock(PASSPHRASE);
        assertThat(started.find()).contains(key);
    }

    @Test
    void aLockedKeyStaysOpenUntilTheNextStartAndIsThenUnlockedInMemoryAlone() throws Exception {
        keys.lock(key, PASSPHRASE);
        assertThat(keys.find()).contains(key);
        assertThat(keys.place()).isEqualTo(locked.toString());
        assertThat(keys.file()).contains(file);

        MasterKeys started = keys(file);
        assertThat(started.lockedId()).contains(key.id());
        assertThatThrownBy(started::find)
                .isInstanceOf(SecretException.class)
                .hasMessage(
                        "the master key "
                                + locked
                                + " is locked by a passphrase: secret-unlock opens it");
        started.unlock(PASSPHRASE);

        assertThat(started.find()).contains(key);
        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> keys(file).find()).hasMessageContaining("is locked");
    }

    @Test
    void aWrongPassphraseOpensNothingAndChangesNothing() throws Exception {
        keys.lock(key, PASSPHRASE);
        byte[] before = Files.readAllBytes(locked);
        MasterKeys started = keys(file);

        assertThatThrownBy(() -> started.unlock(WRONG))
                .isInstanceOf(WrongPassphraseException.class)
                .hasMessage("the passphrase is wrong");
        assertThatThrownBy(() -> started.removePassphrase(WRONG))
                .isInstanceOf(WrongPassphraseException.class);

        assertThatThrownBy(started::find).hasMessageContaining("is locked");
        assertThat(locked).hasBinaryContent(before);
        assertThat(file).doesNotExist();
    }

    @Test
    void anAccentThatIsTypedInTwoPartsIsTheSame() throws Exception {
        keys.lock(key, PASSPHRASE);

        MasterKeys started = keys(file);
        started.unlock("Gru\u0308ße aus dem Stall");

        assertThat(started.find()).contains(key);
    }

    @Test
    void aLockedFileOfWhichAnyByteIsAnotherOpensTheKeyOrNothing() throws Exception {
        keys.lock(key, PASSPHRASE);
        byte[] whole = Files.readAllBytes(locked);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            replace(locked, damaged);
            MasterKeys started = keys(file);
            try {
                started.unlock(PASSPHRASE);
                assertThat(started.find()).contains(key);
            } catch (SecretException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
            assertThat(locked).hasBinaryContent(damaged);
            assertThat(file).doesNotExist();
        }
        replace(locked, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> keys(file).find()).hasMessageContaining("is damaged");
        String other = new String(whole, StandardCharsets.UTF_8);
        replace(locked, other.replace("PBKDF2", "Argon2").getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> keys(file).find()).hasMessageContaining("later version");
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        Files.write(file, bytes);
    }

    @Test
    void aRemovedPassphrasePutsTheFileBack() throws Exception {
        keys.lock(key, PASSPHRASE);
        MasterKeys started = keys(file);

        started.removePassphrase(PASSPHRASE);

        assertThat(locked).doesNotExist();
        assertThat(started.find()).contains(key);
        assertThat(keys(file).find()).contains(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--------");
        assertThatThrownBy(() -> started.unlock(PASSPHRASE))
                .hasMessage("no passphrase locks the master key " + file);
    }

    /** The steps are the locked file, its proof, and the removal of the plain one. */
    @Test
    void aPowerCutWhileAPassphraseIsSetLeavesTheKeyInOneOfBothFiles() throws Exception {
        byte[] plain = Files.readAllBytes(file);
        keys.lock(key, PASSPHRASE);
        byte[] whole = Files.readAllBytes(locked);

        for (int written = 0; written <= whole.length; written += 5) {
            Path half = Files.createDirectories(folder.resolve("half-" + written));
            Files.write(half.resolve("master.key"), plain);
            Files.write(half.resolve("master.key.locked.new"), Arrays.copyOf(whole, written));
            assertThatItOpensAndCanBeCarriedThrough(half);
        }
        Path both = Files.createDirectories(folder.resolve("both"));
        Files.write(both.resolve("master.key"), plain);
        Files.write(both.resolve("master.key.locked"), whole);
        assertThat(keys(both.resolve("master.key")).inClear()).isPresent();
        assertThatItOpensAndCanBeCarriedThrough(both);
        assertThat(keys.inClear()).isEmpty();
    }

    private void assertThatItOpensAndCanBeCarriedThrough(Path cut) throws Exception {
        Path plain = cut.resolve("master.key");
        MasterKeys started = keys(plain);
        assertThat(started.find()).contains(key);

        started.lock(key, PASSPHRASE);

        assertThat(plain).doesNotExist();
        assertThat(cut.resolve("master.key.locked.new")).doesNotExist();
        MasterKeys again = keys(plain);
        again.unlock(PASSPHRASE);
        assertThat(again.find()).contains(key);
    }

    /** The steps are the plain file, its proof, and the removal of the locked one. */
    @Test
    void aPowerCutWhileAPassphraseIsRemovedLeavesTheKeyInOneOfBothFiles() throws Exception {
        keys.lock(key, PASSPHRASE);
        byte[] whole = Files.readAllBytes(locked);
        keys.removePassphrase(PASSPHRASE);
        byte[] plain = Files.readAllBytes(file);

        for (int written = 0; written <= plain.length; written += 5) {
            Path half = Files.createDirectories(folder.resolve("half-" + written));
            Files.write(half.resolve("master.key.locked"), whole);
            Files.write(half.resolve("master.key.new"), Arrays.copyOf(plain, written));
            assertThatItIsRemoved(half);
        }
        Path both = Files.createDirectories(folder.resolve("both"));
        Files.write(both.resolve("master.key"), plain);
        Files.write(both.resolve("master.key.locked"), whole);
        assertThat(keys(both.resolve("master.key")).find()).contains(key);
        assertThatItIsRemoved(both);
    }

    private void assertThatItIsRemoved(Path cut) throws Exception {
        MasterKeys started = keys(cut.resolve("master.key"));

        started.removePassphrase(PASSPHRASE);

        assertThat(started.find()).contains(key);
        assertThat(cut.resolve("master.key.locked")).doesNotExist();
        assertThat(cut.resolve("master.key.new")).doesNotExist();
    }

    @Test
    void whatCannotBeWrittenLeavesTheFileThatIsThere() throws Exception {
        // Nothing can be written by way of a name that a folder has.
        Files.createDirectories(folder.resolve("keys/master.key.locked.new/x"));

        assertThatThrownBy(() -> keys.lock(key, PASSPHRASE))
                .hasMessageContaining("cannot be written");
        assertThat(keys(file).find()).contains(key);

        Files.delete(folder.resolve("keys/master.key.locked.new/x"));
        keys.lock(key, PASSPHRASE);
        Files.createDirectories(folder.resolve("keys/master.key.new/x"));

        assertThatThrownBy(() -> keys.removePassphrase(PASSPHRASE))
                .hasMessageContaining("cannot be written");
        keys(file).unlock(PASSPHRASE);
        assertThat(file).doesNotExist();
    }

    @Test
    void aKeyThatIsNotTheOneInTheOtherFileIsNotOverwritten() throws Exception {
        keys.lock(key, PASSPHRASE);
        byte[] before = Files.readAllBytes(locked);
        Files.writeString(file, "00".repeat(32));
        MasterKeys started = keys(file);
        AesKey other = started.find().orElseThrow();

        assertThatThrownBy(() -> started.lock(other, PASSPHRASE))
                .hasMessageContaining(locked + " holds another master key");
        assertThatThrownBy(() -> started.removePassphrase(PASSPHRASE))
                .hasMessageContaining(file + " holds another master key");

        assertThat(locked).hasBinaryContent(before);
        assertThat(started.find()).contains(other);
    }

    @Test
    void aPassphraseThatIsTooShortTooLongOrNoLineIsRefused() throws Exception {
        for (String one : new String[] {"x".repeat(11), "x".repeat(129)}) {
            assertThatThrownBy(() -> keys.lock(key, one))
                    .hasMessage("a passphrase must have 12 to 128 characters");
        }
        assertThatThrownBy(() -> keys.lock(key, "twelve\tlong.."))
                .hasMessageContaining("one line without control characters");
        assertThat(locked).doesNotExist();
        assertThat(keys.find()).contains(key);
    }

    @Test
    void aKeyThatIsLockedIsNeitherLockedAgainNorReplaced() throws Exception {
        keys.lock(key, PASSPHRASE);

        assertThatThrownBy(() -> keys.lock(key, WRONG))
                .hasMessageContaining("is locked by a passphrase already: remove that first");
        assertThatThrownBy(keys::checkReplaceable)
                .hasMessageContaining("remove that first, with secret-passphrase --remove");
    }

    @Test
    void aCredentialIsNotLocked() throws Exception {
        Path credentials = Files.createDirectory(folder.resolve("credentials"));
        Files.copy(file, credentials.resolve(MasterKeys.CREDENTIAL));
        MasterKeys handedOver =
                new MasterKeys(Optional.of(credentials), file, 10, new SecureRandom());

        assertThatThrownBy(() -> handedOver.lock(key, PASSPHRASE))
                .hasMessageContaining("systemd credential visionops.master, which is not locked");
        assertThat(file).exists();

        keys.lock(key, PASSPHRASE);
        assertThat(handedOver.find()).contains(key);
        assertThat(handedOver.place()).contains("credential");
    }

    @Test
    void whatIsUnlockedStaysSoWhereTheSameKeyIsLookedForAnew() throws Exception {
        keys.lock(key, PASSPHRASE);
        MasterKeys changed = keys(file);

        changed.takeOver(keys);

        assertThat(changed.find()).contains(key);
    }
}
