package io.visionops.security.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.secret.MasterKeyPassphrase;
import io.visionops.api.subject.Actor;
import io.visionops.security.internal.key.MasterKeys;
import io.visionops.security.internal.key.WrongPassphraseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretWatchTest {

    private static final Actor ANNA = Actor.user("anna");
    private static final String PASSPHRASE = "four words of mine";
    private static final String OTHER = "four words of theirs";

    @TempDir Path data;

    private final List<Set<String>> told = new ArrayList<>();
    private SecretVault vault;
    private SecretWatch watch;

    @BeforeEach
    void createWatch() {
        vault = vault(data);
        SecretListeners listeners = new SecretListeners();
        listeners.add(
                names -> {
                    throw new IllegalStateException("a listener that fails");
                });
        listeners.add(told::add);
        watch =
                new SecretWatch(
                        vault,
                        new RestoredSecrets(vault, data.resolve("secrets/restored")),
                        listeners);
    }

    private static SecretVault vault(Path folder) {
        return new SecretVault(
                folder.resolve("secrets"), keys(folder), new SecureRandom(), Clock.systemUTC());
    }

    private static MasterKeys keys(Path folder) {
        return new MasterKeys(Optional.empty(), key(folder), 10, new SecureRandom());
    }

    private static Path key(Path folder) {
        return folder.resolve("keys/master.key");
    }

    @Test
    void listenersAreToldWhatHasChangedAndNothingElse() throws Exception {
        watch.look();
        assertThat(told).isEmpty();
        vault.set("front", "a", ANNA);
        vault.set("back", "b", ANNA);
        watch.look();
        vault.set("front", "c", ANNA);
        watch.look();
        vault.rotate();
        watch.look();
        vault.remove("back");
        watch.look();

        assertThat(told).containsExactly(Set.of("back", "front"), Set.of("front"), Set.of("back"));
    }

    @Test
    void aKeyThatIsPutBackMakesEverySecretBeLookedUpAgain() throws Exception {
        vault.set("front", "a", ANNA);
        watch.look();
        Files.move(key(data), data.resolve("kept"));
        vault.use(new MasterKeys(Optional.empty(), key(data), new SecureRandom()));
        watch.look();

        Result locked = SecretsCheck.judge(watch.health());
        assertThat(locked.getStatus()).isEqualTo(Result.Status.CRITICAL);
        assertThat(locked.toString()).contains("is lost: put it back at");

        told.clear();
        Files.move(data.resolve("kept"), key(data));
        watch.look();

        assertThat(told).containsExactly(Set.of("front"));
        assertThat(SecretsCheck.judge(watch.health()).getStatus()).isEqualTo(Result.Status.OK);
    }

    @Test
    void aKeyThatIsLostWhileSecretsAreOpenIsFoundOutBeforeTheNextStart() throws Exception {
        vault.set("front", "a", ANNA);
        watch.look();
        Files.move(key(data), data.resolve("kept"));
        watch.look();

        assertThat(SecretsCheck.judge(watch.health()).getStatus())
                .isEqualTo(Result.Status.CRITICAL);
        assertThat(vault.find("front")).contains("a");

        told.clear();
        vault.set("back", "b", ANNA);
        watch.look();
        assertThat(told).hasSize(1);

        Files.move(data.resolve("kept"), key(data));
        watch.look();
        assertThat(SecretsCheck.judge(watch.health()).getStatus()).isEqualTo(Result.Status.OK);
        assertThat(vault(data).find("back")).contains("b");
    }

    @Test
    void secretsOfABackupAreTakenOverUnderThisMasterKey() throws Exception {
        Path other = data.resolve("other");
        SecretVault from = vault(other);
        from.set("front", "restored", ANNA);
        vault.set("front", "present", ANNA);
        vault.set("back", "b", ANNA);
        Path restored = Files.createDirectory(data.resolve("secrets/restored"));
        Files.copy(other.resolve("secrets/secrets.json"), restored.resolve("secrets.json"));

        watch.look();

        assertThat(SecretsCheck.judge(watch.health()).toString())
                .contains("secrets of a backup are not in force");
        assertThat(vault.find("front")).contains("present");

        Files.copy(key(other), restored.resolve("master.key"));
        watch.look();

        assertThat(vault.find("front")).contains("restored");
        assertThat(vault(data).find("back")).contains("b");
        assertThat(restored).doesNotExist();
        assertThat(SecretsCheck.judge(watch.health()).getStatus()).isEqualTo(Result.Status.OK);
    }

    @Test
    void afterAStartALockedKeyIsTroubleAndUnlockingItTellsEveryListener() throws Exception {
        vault.set("front", "a", ANNA);
        vault.set("back", "b", ANNA);
        vault.lock(PASSPHRASE);
        watch.look();
        assertThat(SecretsCheck.judge(watch.health()).getStatus()).isEqualTo(Result.Status.OK);

        start();
        Result locked = SecretsCheck.judge(watch.health());
        assertThat(locked.getStatus()).isEqualTo(Result.Status.CRITICAL);
        assertThat(locked.toString()).contains("is locked by a passphrase: secret-unlock opens it");
        assertThat(told).isEmpty();

        assertThatThrownBy(() -> watch.unlock(OTHER)).isInstanceOf(WrongPassphraseException.class);
        watch.look();
        assertThat(told).isEmpty();
        watch.unlock(PASSPHRASE);
        watch.look();

        assertThat(told).containsExactly(Set.of("back", "front"));
        assertThat(vault.find("front")).contains("a");
        assertThat(SecretsCheck.judge(watch.health()).getStatus()).isEqualTo(Result.Status.OK);
    }

    private void start() {
        told.clear();
        vault = vault(data);
        SecretListeners listeners = new SecretListeners();
        listeners.add(told::add);
        watch =
                new SecretWatch(
                        vault,
                        new RestoredSecrets(vault, data.resolve("secrets/restored")),
                        listeners);
        watch.look();
    }

    @Test
    void aChangeOfAPassphraseThatWasInterruptedIsAWarningUntilItIsCarriedThrough()
            throws Exception {
        vault.set("front", "a", ANNA);
        byte[] plain = Files.readAllBytes(key(data));
        vault.lock(PASSPHRASE);
        Files.write(key(data), plain);
        watch.look();

        Result both = SecretsCheck.judge(watch.health());
        assertThat(both.getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(both.toString()).contains("lies in clear beside");

        vault.lock(PASSPHRASE);
        watch.look();
        assertThat(SecretsCheck.judge(watch.health()).getStatus()).isEqualTo(Result.Status.OK);
    }

    @Test
    void withoutAPassphraseThereIsNothingToUnlock() throws Exception {
        vault.set("front", "a", ANNA);

        assertThatThrownBy(() -> watch.unlock(PASSPHRASE))
                .hasMessage("no passphrase locks the master key " + key(data));
    }

    @Test
    void lockedSecretsOfABackupAreTakenOverOnceTheyAreUnlocked() throws Exception {
        Path other = data.resolve("other");
        SecretVault from = vault(other);
        from.set("front", "restored", ANNA);
        from.lock(OTHER);
        vault.set("front", "present", ANNA);
        restore(other);
        watch.look();

        assertThat(SecretsCheck.judge(watch.health()).toString())
                .contains("are not in force: their master key")
                .contains("is locked by the passphrase of that time: secret-unlock opens it");
        assertThatThrownBy(() -> watch.unlock(PASSPHRASE))
                .isInstanceOf(WrongPassphraseException.class);
        watch.look();
        assertThat(vault.find("front")).contains("present");

        watch.unlock(OTHER);
        watch.look();

        assertThat(vault.find("front")).contains("restored");
        assertThat(data.resolve("secrets/restored")).doesNotExist();
        assertThat(key(data)).exists();
        assertThat(SecretsCheck.judge(watch.health()).getStatus()).isEqualTo(Result.Status.OK);
    }

    private void restore(Path from) throws Exception {
        Path restored = Files.createDirectories(data.resolve("secrets/restored"));
        Files.copy(from.resolve("secrets/secrets.json"), restored.resolve("secrets.json"));
        Path locked = Path.of(key(from) + MasterKeyPassphrase.LOCKED);
        Files.copy(locked, restored.resolve("master.key.locked"));
    }

    @Test
    void lockedSecretsOfABackupOfThisInstallationNeedNoPassphraseWhileTheKeyIsOpen()
            throws Exception {
        vault.set("front", "then", ANNA);
        vault.lock(PASSPHRASE);
        restore(data);
        vault.set("front", "now", ANNA);

        watch.look();

        assertThat(vault.find("front")).contains("then");
        assertThat(data.resolve("secrets/restored")).doesNotExist();
    }

    @Test
    void onePassphraseOpensBothTheKeyAndThatOfABackup() throws Exception {
        vault.set("front", "then", ANNA);
        vault.lock(PASSPHRASE);
        restore(data);
        vault.set("back", "now", ANNA);
        start();
        assertThat(SecretsCheck.judge(watch.health()).getStatus())
                .isEqualTo(Result.Status.CRITICAL);
        assertThat(data.resolve("secrets/restored/secrets.json")).exists();

        watch.unlock(PASSPHRASE);
        watch.look();

        assertThat(vault.find("front")).contains("then");
        assertThat(vault.find("back")).contains("now");
        assertThat(data.resolve("secrets/restored")).doesNotExist();
    }
}
