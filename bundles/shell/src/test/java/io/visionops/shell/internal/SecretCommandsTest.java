package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Cameras;
import io.visionops.api.secret.MasterKeyPassphrase;
import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretCommandsTest extends ShellTest {

    @TempDir Path folder;

    private final FakeSecretStore secrets = new FakeSecretStore();
    private final FakePassphrase passphrase = new FakePassphrase();
    private final FakeCameras cameras = new FakeCameras();

    @BeforeEach
    void offer() {
        console.offer(SecretStore.class, secrets);
        console.offer(MasterKeyPassphrase.class, passphrase);
        console.offer(Cameras.class, cameras);
    }

    @Test
    void aValueComesFromAFileAndIsNeverPrinted() throws Exception {
        Path file = Files.writeString(folder.resolve("value"), "hunter2\n");

        assertThat(console.run("secret-set yard --file " + file))
                .isEqualTo("secret yard is set; an address names it $[secret:yard]\n");
        assertThat(console.run("secret-set --json yard --file " + file))
                .isEqualTo("{\"secret\":\"yard\",\"done\":\"set\"}\n");
        assertThat(secrets.values).containsEntry("yard", "hunter2");
    }

    @Test
    void aValueIsAskedForAndIsNoArgument() {
        assertThat(console.fail("secret-set yard"))
                .isEqualTo("there is no terminal to ask for the value: give --file FILE\n");
        assertThat(console.fail("secret-set yard hunter2")).doesNotContain("is set");
        assertThat(secrets.values).isEmpty();
    }

    @Test
    void secretsAreListedWithWhoSetAndUsesThem() {
        secrets.values.put("yard", "hunter2");
        secrets.values.put("spare", "hunter2");
        cameras.secrets.put("front", Set.of("yard"));
        cameras.secrets.put("back", Set.of("yard"));

        assertThat(console.run("secret-list"))
                .containsPattern("yard .*user/anna .*1 .*back, front")
                .doesNotContain("hunter2");
        assertThat(console.run("secret-list --json"))
                .isEqualTo(
                        "[{\"name\":\"spare\",\"version\":1,"
                                + "\"changed\":\"2026-01-01T11:00:00.000Z\","
                                + "\"by\":\"user/anna\",\"cameras\":[]},"
                                + "{\"name\":\"yard\",\"version\":1,"
                                + "\"changed\":\"2026-01-01T11:00:00.000Z\","
                                + "\"by\":\"user/anna\",\"cameras\":[\"back\",\"front\"]}]\n");
    }

    @Test
    void whatPartsKeepForThemselvesIsListedOnRequest() {
        secrets.values.put("visionops.pictures.0011223344556677", "x");

        assertThat(console.run("secret-list")).contains("no secrets").doesNotContain("pictures");
        assertThat(console.run("secret-list --all")).contains("visionops.pictures.0011");
    }

    @Test
    void aSecretThatACameraUsesIsRemovedOnlyByForce() {
        secrets.values.put("yard", "hunter2");
        cameras.secrets.put("front", Set.of("yard"));

        assertThat(console.fail("secret-remove yard"))
                .isEqualTo(
                        "secret yard is used by camera front: change the address first, or give"
                                + " --force\n");
        assertThat(secrets.values).containsKey("yard");
        assertThat(console.run("secret-remove yard --force")).isEqualTo("secret yard is removed\n");
        cameras.secrets.clear();
        assertThat(console.fail("secret-remove yard"))
                .isEqualTo("there is no secret of that name\n");
    }

    @Test
    void aRotationSaysHowMany() {
        secrets.values.put("yard", "hunter2");

        assertThat(console.run("secret-rotate"))
                .isEqualTo("1 secrets are encrypted with a new data key\n");
        assertThat(console.run("secret-rotate --master"))
                .isEqualTo("1 secrets are encrypted with a new data key and a new master key\n");
        assertThat(console.run("secret-rotate --json")).isEqualTo("{\"rotated\":1}\n");
    }

    @Test
    void whatIsWrongWithTheKeyIsOneLine() {
        secrets.refuses = Optional.of(new SecretException("the master key is lost: put it back"));

        assertThat(console.fail("secret-list")).isEqualTo("the master key is lost: put it back\n");
        assertThat(console.fail("secret-rotate"))
                .isEqualTo("the master key is lost: put it back\n");
        assertThat(console.complete("secret-remove ")).isEmpty();
    }

    @Test
    void namesAreCompleted() {
        secrets.values.put("yard", "x");
        secrets.values.put("spare", "x");

        assertThat(console.complete("secret-remove ")).contains("spare", "yard");
        assertThat(console.complete("secret-set ya")).containsExactly("yard");
    }

    @Test
    void aPassphraseComesFromAFileLocksUnlocksAndIsRemoved() throws Exception {
        Path file = Files.writeString(folder.resolve("passphrase"), "four words of mine\n");
        Path wrong = Files.writeString(folder.resolve("wrong"), "four words of theirs\n");

        assertThat(console.run("secret-passphrase --file " + file))
                .isEqualTo(
                        "the master key is locked by the passphrase; after each start"
                                + " secret-unlock asks for it\n");
        assertThat(passphrase.passphrase).isEqualTo("four words of mine");
        assertThat(console.fail("secret-unlock --file " + wrong))
                .isEqualTo("the passphrase is wrong\n");
        assertThat(passphrase.unlocked).isFalse();
        assertThat(console.run("secret-unlock --json --file " + file))
                .isEqualTo("{\"masterKey\":\"unlocked\"}\n");
        assertThat(passphrase.unlocked).isTrue();
        assertThat(console.fail("secret-passphrase --remove --file " + wrong))
                .isEqualTo("the passphrase is wrong\n");
        assertThat(console.run("secret-passphrase --remove --file " + file))
                .isEqualTo("no passphrase locks the master key any more\n");
        assertThat(passphrase.passphrase).isEmpty();
    }

    @Test
    void aPassphraseIsAskedForAndIsNoArgument() {
        for (String command :
                List.of("secret-passphrase", "secret-passphrase --remove", "secret-unlock")) {
            assertThat(console.fail(command))
                    .isEqualTo(
                            "there is no terminal to ask for the passphrase: give --file FILE\n");
            assertThat(console.fail(command + " hunter2hunter2")).doesNotContain("locked");
        }
        assertThat(passphrase.passphrase).isEmpty();
    }
}
