package io.visionops.login.internal.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredPasswordTest {

    private static final String SHA256_OF_SECRET =
            "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    private final Argon2id argon2id = new Argon2id();

    @Test
    void aDigestMatchesItsPasswordAlone() {
        StoredPassword stored = StoredPassword.ofDigest(argon2id.digest("secret"));

        assertThat(stored.matches("secret", argon2id)).isTrue();
        assertThat(stored.matches("Secret", argon2id)).isFalse();
        assertThat(stored.isSlow()).isTrue();
    }

    /** users.properties is split at commas, and spaces around values are dropped. */
    @Test
    void aDigestFitsInALineOfUsers() {
        assertThat(argon2id.digest("secret")).doesNotContain(",", " ", "${", "\\");
    }

    @Test
    void theSamePasswordHasAnotherDigestEachTime() {
        assertThat(argon2id.digest("secret")).isNotEqualTo(argon2id.digest("secret"));
    }

    @Test
    void aDigestOfAnEarlierVersionMatches() {
        StoredPassword stored = StoredPassword.ofDigest(SHA256_OF_SECRET);

        assertThat(stored.matches("secret", argon2id)).isTrue();
        assertThat(stored.matches("other", argon2id)).isFalse();
        assertThat(stored.matches(SHA256_OF_SECRET, argon2id)).isFalse();
        assertThat(stored.isSlow()).isFalse();
    }

    @Test
    void aPasswordThatSomebodyTypedMatches() {
        assertThat(new StoredPassword("secret").matches("secret", argon2id)).isTrue();
        assertThat(new StoredPassword("secret").matches("other", argon2id)).isFalse();
    }

    @Test
    void aPasswordThatSomebodyTypedInUtf8Matches() {
        String asRead =
                new String("möwe".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(new StoredPassword(asRead).matches("möwe", argon2id)).isTrue();
    }

    @Test
    void nobodyLogsInWithoutAPassword() {
        assertThat(new StoredPassword("").matches("", argon2id)).isFalse();
        assertThat(StoredPassword.ofDigest("").matches("", argon2id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "$argon2id$",
                "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=999999;t=2;p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=1;t=2;p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456;t=0;p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456;t=2;p=0$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456;t=2;p=1$A$A"
            })
    void aDamagedDigestMatchesNothing(String digest) {
        StoredPassword stored = StoredPassword.ofDigest(digest);

        assertThat(stored.matches("secret", argon2id)).isFalse();
        assertThat(stored.matches(digest, argon2id)).isFalse();
    }

    @Test
    void itsTextIsNotPrinted() {
        assertThat(new StoredPassword("secret")).hasToString("StoredPassword");
    }
}
