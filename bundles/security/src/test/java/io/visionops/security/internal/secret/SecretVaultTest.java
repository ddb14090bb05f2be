package io.visionops.security.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretInfo;
import io.visionops.api.subject.Actor;
import io.visionops.security.internal.key.MasterKeys;
import io.visionops.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretVaultTest {

    private static final Actor ANNA = Actor.user("anna");
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final String PASSPHRASE = "four words of mine";
    private static final String CANARY = "kanarienvogel-\u00fc@/";

    @TempDir Path data;

    private Path file;
    private Path keyFile;
    private ManualClock clock;
    private SecretVault vault;

    @BeforeEach
    void createVault() {
        file = data.resolve("secrets/secrets.json");
        keyFile = data.resolve("keys/master.key");
        clock = new ManualClock(NOW);
        vault = vault();
    }

    private SecretVault vault() {
        return new SecretVault(
                data.resolve("secrets"),
                new MasterKeys(Optional.empty(), keyFile, 10, new SecureRandom()),
                new SecureRandom(),
                clock);
    }

    @Test
    void beforeTheFirstSecretThereIsNeitherFileNorKey() throws Exception {
        assertThat(vault.find("front")).isEmpty();
        assertThat(vault.list()).isEmpty();
        assertThat(vault.rotate()).isZero();
        assertThat(file).doesNotExist();
        assertThat(keyFile).doesNotExist();
    }

    @Test
    void aSecretIsFoundAgainAndStandsInNoFileInClear() throws Exception {
        vault.set("front", CANARY, ANNA);

        assertThat(vault.find("front")).contains(CANARY);
        assertThat(vault().find("front")).contains(CANARY);
        assertThat(vault().list()).containsExactly(new SecretInfo("front", 1, NOW, ANNA));
        assertThat(Files.readString(file)).doesNotContain("kanarien");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aValueThatIsSetAgainHasAnotherVersionAndNeverTheSameText() throws Exception {
        vault.set("front", CANARY, ANNA);
        String first = Files.readString(file);
        vault.set("front", CANARY, ANNA);

        assertThat(vault.list().get(0).version()).isEqualTo(2);
        assertThat(value(Files.readString(file), "front")).isNotEqualTo(value(first, "front"));
    }

    @Test
    void afterTheMasterKeyWasChangedTheOldOneOpensNothing() throws Exception {
        vault.set("front", CANARY, ANNA);
        byte[] old = Files.readAllBytes(keyFile);

        assertThat(vault.rotateMaster()).isOne();

        assertThat(vault.find("front")).contains(CANARY);
        assertThat(vault().find("front")).contains(CANARY);
        assertThat(Files.readAllBytes(keyFile)).isNotEqualTo(old);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
                .isEqualTo("r--------");
        assertThat(keyFile.resolveSibling("master.key.next")).doesNotExist();
        Files.delete(keyFile);
        Files.write(keyFile, old);
        assertThatThrownBy(() -> vault().find("front"))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("was encrypted with master key");
    }

    @Test
    void aChangeOfTheMasterKeyThatEndsHalfWayIsCarriedThroughOrForgotten() throws Exception {
        vault.set("front", CANARY, ANNA);
        Path next = keyFile.resolveSibling("master.key.next");
        byte[] old = Files.readAllBytes(keyFile);

        // The next key is there, and nothing is encrypted with it yet.
        new MasterKeys(Optional.empty(), keyFile, new SecureRandom()).makeNext();
        assertThat(vault().find("front")).contains(CANARY);
        assertThat(Files.readAllBytes(keyFile)).isEqualTo(old);

        // All is encrypted with it, and the old one is still in its place.
        vault.rotateMaster();
        Files.move(keyFile, next);
        Files.write(keyFile, old);
        assertThat(vault().find("front")).contains(CANARY);
        assertThat(next).doesNotExist();
        assertThat(Files.readAllBytes(keyFile)).isNotEqualTo(old);

        // The place is empty.
        Files.move(keyFile, next);
        assertThat(vault().find("front")).contains(CANARY);
        assertThat(keyFile).exists();
    }

    @Test
    void aMasterKeyThatIsACredentialIsNotChanged() throws Exception {
        Path credentials = Files.createDirectories(data.resolve("credentials"));
        vault.set("front", CANARY, ANNA);
        Files.move(keyFile, credentials.resolve(MasterKeys.CREDENTIAL));
        SecretVault handedOver =
                new SecretVault(
                        data.resolve("secrets"),
                        new MasterKeys(Optional.of(credentials), keyFile, new SecureRandom()),
                        new SecureRandom(),
                        clock);

        assertThatThrownBy(handedOver::rotateMaster)
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("systemd credential");
        assertThat(handedOver.find("front")).contains(CANARY);
    }

    private static JsonNode value(String json, String name) throws Exception {
        return new ObjectMapper().readTree(json).at("/secrets/" + name + "/value");
    }

    @Test
    void namesAndValuesThatNoFileCouldHoldAreRefused() {
        for (String name : new String[] {"", "a b", "../x", "a/b", "a".repeat(81)}) {
            assertThatThrownBy(() -> vault.set(name, "x", ANNA))
                    .isInstanceOf(SecretException.class)
                    .hasMessageContaining("1..80");
        }
        for (String value : new String[] {"", "a\nb", "x".repeat(1025)}) {
            assertThatThrownBy(() -> vault.set("front", value, ANNA))
                    .isInstanceOf(SecretException.class)
                    .hasMessageNotContaining("a\nb");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aRemovedSecretIsGone() throws Exception {
        vault.set("front", CANARY, ANNA);
        vault.set("back", "other", ANNA);
        vault.remove("front");

        assertThat(vault().find("front")).isEmpty();
        assertThat(vault().find("back")).contains("other");
        assertThatThrownBy(() -> vault.remove("front"))
                .isInstanceOf(SecretException.class)
                .hasMessage("there is no secret of that name");
    }

    @Test
    void aLostKeyIsNamedAndNothingIsOverwritten() throws Exception {
        vault.set("front", CANARY, ANNA);
        byte[] before = Files.readAllBytes(file);
        Files.move(keyFile, data.resolve("kept"));

        SecretVault other = vault();

        assertThatThrownBy(() -> other.find("front"))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("is lost: put it back at " + keyFile);
        assertThatThrownBy(() -> other.set("back", "x", ANNA)).isInstanceOf(SecretException.class);
        assertThatThrownBy(other::rotate).isInstanceOf(SecretException.class);
        assertThat(file).hasBinaryContent(before);
        assertThat(keyFile).doesNotExist();

        Files.move(data.resolve("kept"), keyFile);
        assertThat(other.find("front")).contains(CANARY);
    }

    @Test
    void aWrongKeyIsNamedAndNothingIsOverwritten() throws Exception {
        vault.set("front", CANARY, ANNA);
        byte[] before = Files.readAllBytes(file);
        Files.delete(keyFile);
        Files.writeString(keyFile, "00".repeat(32));

        SecretVault other = vault();

        assertThatThrownBy(() -> other.find("front"))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("was encrypted with master key")
                .hasMessageContaining("put the right key there");
        assertThatThrownBy(() -> other.set("back", "x", ANNA)).isInstanceOf(SecretException.class);
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void aDamagedFileIsNamedAndNotOverwrittenWhicheverByteItIs() throws Exception {
        vault.set("front", CANARY, ANNA);
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(file, damaged);
            SecretVault other = vault();
            try {
                // Of a byte that does not count, such as a space, nothing may come but the value.
                assertThat(other.find("front").orElse(CANARY)).isEqualTo(CANARY);
            } catch (SecretException e) {
                assertThat(e).hasMessageNotContaining("kanarien").hasMessageNotContaining("\n");
            }
            assertThat(file).hasBinaryContent(damaged);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> vault().set("back", "x", ANNA))
                .hasMessageContaining("is damaged: restore a backup, or move it away");
        Files.writeString(file, "{\"format\":2,\"masterKey\":\"\",\"secrets\":{}}");
        assertThatThrownBy(() -> vault().list()).isInstanceOf(SecretException.class);
        Files.writeString(file, "null");
        assertThatThrownBy(() -> vault().list()).isInstanceOf(SecretException.class);
    }

    @Test
    void aValueInThePlaceOfAnotherIsFoundOut() throws Exception {
        vault.set("front", CANARY, ANNA);
        vault.set("back", "other", ANNA);
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(Files.readString(file));
        ObjectNode secrets = (ObjectNode) json.get("secrets");
        ((ObjectNode) secrets.get("front")).set("value", secrets.get("back").get("value"));
        Files.writeString(file, json.toString());

        SecretVault other = vault();

        assertThatThrownBy(() -> other.find("front"))
                .hasMessage("secret front is damaged: set it anew with secret-set front");
        assertThat(other.find("back")).contains("other");
        assertThat(other.damaged()).containsExactly("front");

        other.set("front", CANARY, ANNA);
        assertThat(other.damaged()).isEmpty();
    }

    @Test
    void aRotationEncryptsEverythingAnewAndChangesNoValue() throws Exception {
        vault.set("front", CANARY, ANNA);
        vault.set("back", "other", ANNA);
        String before = Files.readString(file);

        assertThat(vault.rotate()).isEqualTo(2);

        String after = Files.readString(file);
        assertThat(value(after, "front")).isNotEqualTo(value(before, "front"));
        assertThat(new ObjectMapper().readTree(after).get("dataKey"))
                .isNotEqualTo(new ObjectMapper().readTree(before).get("dataKey"));
        assertThat(vault().find("front")).contains(CANARY);
        assertThat(vault().find("back")).contains("other");
        assertThat(vault().list()).isEqualTo(vault.list());
    }

    /** The one step that counts is the rename of a file that is whole. */
    @Test
    void aRotationThatIsInterruptedLeavesTheOldOrTheNew() throws Exception {
        vault.set("front", CANARY, ANNA);
        byte[] before = Files.readAllBytes(file);
        Files.copy(file, data.resolve("old"));
        vault.rotate();
        byte[] after = Files.readAllBytes(file);
        Path part = file.resolveSibling("secrets.json.new");

        for (int written = 0; written <= after.length; written += 7) {
            Files.copy(data.resolve("old"), file, StandardCopyOption.REPLACE_EXISTING);
            Files.write(part, Arrays.copyOf(after, written));
            SecretVault other = vault();

            assertThat(other.find("front")).contains(CANARY);
            assertThat(file).hasBinaryContent(before);
            assertThat(other.rotate()).isEqualTo(1);
            assertThat(part).doesNotExist();
        }
    }

    @Test
    void whatCannotBeWrittenLeavesTheOldInForce() throws Exception {
        vault.set("front", CANARY, ANNA);
        byte[] before = Files.readAllBytes(file);
        // Nothing can be written by way of a name that a folder has.
        Path blocked = file.resolveSibling("secrets.json.new");
        Files.createDirectories(blocked.resolve("x"));

        assertThatThrownBy(() -> vault.set("front", "next", ANNA))
                .hasMessageContaining("cannot be written, and is as it was");
        assertThatThrownBy(() -> vault.rotate()).isInstanceOf(SecretException.class);

        assertThat(file).hasBinaryContent(before);
        assertThat(vault.find("front")).contains(CANARY);
    }

    @Test
    void aFileThatWasReplacedIsReadAnew() throws Exception {
        vault.set("front", CANARY, ANNA);
        SecretVault other = vault();
        assertThat(other.find("front")).contains(CANARY);

        vault.set("front", "next", ANNA);

        assertThat(other.find("front")).contains("next");
    }

    @Test
    void afterAStartALockedKeyIsNamedAndNothingIsOverwritten() throws Exception {
        vault.set("front", CANARY, ANNA);
        vault.lock(PASSPHRASE);
        assertThat(vault.find("front")).contains(CANARY);
        assertThat(vault.rotate()).isOne();
        byte[] before = Files.readAllBytes(file);

        SecretVault other = vault();

        for (ThrowingCallable one :
                List.<ThrowingCallable>of(
                        () -> other.find("front"),
                        other::list,
                        other::rotate,
                        other::checkKey,
                        () -> other.set("back", "x", ANNA),
                        () -> other.lock("another passphrase"))) {
            assertThatThrownBy(one)
                    .isInstanceOf(SecretException.class)
                    .hasMessageContaining("is locked by a passphrase: secret-unlock opens it")
                    .hasMessageNotContaining("\n");
        }
        assertThat(file).hasBinaryContent(before);
        assertThat(keyFile).doesNotExist();

        other.keys().unlock(PASSPHRASE);
        assertThat(other.find("front")).contains(CANARY);
        other.set("back", "x", ANNA);
        other.removePassphrase(PASSPHRASE);
        assertThat(vault().find("back")).contains("x");
    }

    @Test
    void noKeyIsMadeBesideALockedOne() throws Exception {
        vault.lock(PASSPHRASE);
        assertThat(file).doesNotExist();

        SecretVault other = vault();

        assertThatThrownBy(() -> other.set("front", CANARY, ANNA))
                .hasMessageContaining("is locked by a passphrase");
        assertThat(keyFile).doesNotExist();
        other.keys().unlock(PASSPHRASE);
        other.set("front", CANARY, ANNA);
        assertThat(vault.find("front")).contains(CANARY);
    }

    @Test
    void aMasterKeyThatAPassphraseLocksIsNotChanged() throws Exception {
        vault.set("front", CANARY, ANNA);
        vault.lock(PASSPHRASE);

        assertThatThrownBy(vault::rotateMaster)
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("remove that first, with secret-passphrase --remove");
        assertThat(vault.find("front")).contains(CANARY);
        assertThat(keyFile.resolveSibling("master.key.next")).doesNotExist();
    }

    @Test
    void aChangeOfTheMasterKeyThatEndedHalfWayIsCarriedThroughBeforeItIsLocked() throws Exception {
        vault.set("front", CANARY, ANNA);
        byte[] old = Files.readAllBytes(keyFile);
        vault.rotateMaster();
        Files.move(keyFile, keyFile.resolveSibling("master.key.next"));
        Files.write(keyFile, old);

        vault().lock(PASSPHRASE);

        SecretVault other = vault();
        other.keys().unlock(PASSPHRASE);
        assertThat(other.find("front")).contains(CANARY);
        assertThat(keyFile.resolveSibling("master.key.next")).doesNotExist();
    }

    @Test
    void anotherPlaceOfTheConfigurationKeepsWhatIsUnlocked() throws Exception {
        vault.set("front", CANARY, ANNA);
        vault.lock(PASSPHRASE);

        vault.use(new MasterKeys(Optional.empty(), keyFile, new SecureRandom()));

        assertThat(vault.find("front")).contains(CANARY);
    }
}
