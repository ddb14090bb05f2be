package io.visionops.store.internal.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretInfo;
import io.visionops.api.secret.SecretLookup;
import io.visionops.api.secret.SecretStore;
import io.visionops.api.subject.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PictureKeyComponentTest {

    private static final UUID EVENT = UUID.randomUUID();
    private static final byte[] JPEG = {1, 2, 3};

    private final Secrets secrets = new Secrets();
    private final PictureKeyComponent component = new PictureKeyComponent();

    @AfterEach
    void stop() {
        component.stop();
    }

    @Test
    void withoutSecretsNoPictureIsWrittenAndTheReasonIsSaid() {
        assertThatThrownBy(() -> component.keys().seal(EVENT, JPEG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing keeps secrets yet");
    }

    @Test
    void aKeyIsMadeOnceAndOpensWhatWasEncryptedBeforeARestart() throws Exception {
        start(component);
        byte[] sealed = component.keys().seal(EVENT, JPEG);
        PictureKeyComponent next = new PictureKeyComponent();
        start(next);

        assertThat(next.keys().open(EVENT, sealed)).isEqualTo(JPEG);
        assertThat(secrets.values).hasSize(1);
        next.stop();
    }

    @Test
    void aKeyThatCameWithARestoreStandsBesideTheOneThatWasHere() throws Exception {
        start(component);
        byte[] before = component.keys().seal(EVENT, JPEG);
        Secrets elsewhere = new Secrets();
        PictureKeyComponent other = new PictureKeyComponent();
        other.setSecrets(elsewhere);
        other.setLookup(elsewhere);
        assertThat(other.keys().awaitOne(Duration.ofSeconds(10))).isTrue();
        byte[] there = other.keys().seal(EVENT, JPEG);

        secrets.values.putAll(elsewhere.values);
        component.changed(elsewhere.values.keySet());

        await().ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(component.keys().open(EVENT, there)).isEqualTo(JPEG));
        assertThat(component.keys().open(EVENT, before)).isEqualTo(JPEG);
        other.stop();
    }

    @Test
    void secretsThatCannotBeReadAreTheReasonUntilTheyCan() throws Exception {
        secrets.failure = "the master key is lost";
        component.setSecrets(secrets);
        component.setLookup(secrets);
        await().untilAsserted(
                        () ->
                                assertThatThrownBy(() -> component.keys().seal(EVENT, JPEG))
                                        .hasMessageContaining("the master key is lost"));

        secrets.failure = "";

        await().ignoreExceptions().untilAsserted(() -> component.keys().seal(EVENT, JPEG));
    }

    @Test
    void aPictureOfAnotherEventOrOneThatIsDamagedIsNotOpened() throws Exception {
        PictureKeys keys = PictureKeys.ofTheirOwn();
        byte[] sealed = keys.seal(EVENT, JPEG);

        assertThatThrownBy(() -> keys.open(UUID.randomUUID(), sealed))
                .isInstanceOf(IOException.class);
        for (int bit = 32; bit < sealed.length * Byte.SIZE; bit++) {
            byte[] damaged = sealed.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> keys.open(EVENT, damaged)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aPictureOfTheTimeBeforeThereWereKeysIsShown() throws IOException {
        assertThat(PictureKeys.ofTheirOwn().open(EVENT, JPEG)).isEqualTo(JPEG);
    }

    private void start(PictureKeyComponent one) throws InterruptedException {
        one.setSecrets(secrets);
        one.setLookup(secrets);
        assertThat(one.keys().awaitOne(Duration.ofSeconds(10))).isTrue();
    }

    /** Secrets in memory. */
    private static final class Secrets implements SecretStore, SecretLookup {

        private final Map<String, String> values = new ConcurrentHashMap<>();
        private volatile String failure = "";

        private void fail() throws SecretException {
            if (!failure.isEmpty()) {
                throw new SecretException(failure);
            }
        }

        @Override
        public Optional<String> find(String name) throws SecretException {
            fail();
            return Optional.ofNullable(values.get(name));
        }

        @Override
        public List<SecretInfo> list() throws SecretException {
            fail();
            return Set.copyOf(values.keySet()).stream()
                    .map(name -> new SecretInfo(name, 1, Instant.EPOCH, Actor.part("store")))
                    .toList();
        }

        @Override
        public void set(String name, String value, Actor by) throws SecretException {
            fail();
            values.put(name, value);
        }

        @Override
        public void remove(String name, Actor by) {
            values.remove(name);
        }

        @Override
        public int rotate(Actor by) {
            return values.size();
        }

        @Override
        public int rotateMaster(Actor by) {
            return values.size();
        }

        @Override
        public Optional<Path> masterKeyFile() {
            return Optional.empty();
        }
    }
}
