package io.visionops.security.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.subject.Actor;
import io.visionops.security.internal.key.MasterKeys;
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
        watch = new SecretWatch(vault, data.resolve("secrets/restored"), listeners);
    }

    private static SecretVault vault(Path folder) {
        return new SecretVault(
                folder.resolve("secrets"),
                new MasterKeys(Optional.empty(), key(folder), new SecureRandom()),
                new SecureRandom(),
                Clock.systemUTC());
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
}
