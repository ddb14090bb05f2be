package io.visionops.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    @ParameterizedTest
    @CsvSource({
        "camera-add front rtsp://h --user me, --password-file",
        "visionops:camera-add front rtsp://me@h --password, --password-file",
        "camera-test --user=me rtsp://h, --password-file",
        "secret-set yard, --file",
        "secret-set yard --json, --file",
        "secret-passphrase, --file",
        "secret-passphrase --remove, --file",
        "secret-unlock, --file",
        "user-add anna --role viewer, --password-file",
        "user-passwd anna, --password-file"
    })
    void aCommandThatNeedsASecretIsTold(String line, String option) {
        assertThat(Passwords.wanted(words(line)).map(Passwords.Wanted::option)).contains(option);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camera-add front rtsp://h",
                "camera-add front rtsp://h --user me --password-file x",
                "secret-set yard --file x",
                "secret-set --help",
                "secret-passphrase --file x",
                "secret-unlock --file=x",
                "secret-list",
                "user-add anna --password-file=x",
                "user-list"
            })
    void nobodyElseIsAskedForOne(String line) {
        assertThat(Passwords.wanted(words(line))).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "secret-passphrase, true",
        "secret-passphrase --remove, false",
        "secret-unlock, false",
        "secret-set yard, true",
        "user-passwd anna, true",
        "camera-add front rtsp://h --user me, false"
    })
    void whatIsNewIsAskedForTwice(String line, boolean twice) {
        assertThat(Passwords.wanted(words(line)).map(Passwords.Wanted::isNew)).contains(twice);
    }

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }
}
