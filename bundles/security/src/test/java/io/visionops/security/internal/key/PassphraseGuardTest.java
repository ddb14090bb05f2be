package io.visionops.security.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.secret.SecretException;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassphraseGuardTest {

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final PassphraseGuard guard = new PassphraseGuard(clock);
    private int tried;

    @Test
    void threeWrongOnesAreFreeAndTheFourthIsRefusedUnseen() throws Exception {
        assertThat(refusal()).isEqualTo("the passphrase is wrong");
        assertThat(refusal()).isEqualTo("the passphrase is wrong");
        assertThat(refusal()).isEqualTo("the passphrase is wrong, next try in 1 s");
        assertThat(refusal()).isEqualTo("too many wrong passphrases, next try in 1 s");
        assertThat(tried).isEqualTo(3);

        clock.advance(Duration.ofSeconds(1));
        guard.allow(() -> tried++);

        assertThat(tried).isEqualTo(4);
        assertThat(refusal()).isEqualTo("the passphrase is wrong");
    }

    @Test
    void eachWrongOneDoublesTheWaitUpToAMinute() {
        List<Integer> waits = new ArrayList<>();
        while (tried < 3) {
            refusal();
        }
        for (int i = 0; i < 8; i++) {
            int before = tried;
            int waited = 0;
            while (tried == before) {
                clock.advance(Duration.ofSeconds(1));
                waited++;
                refusal();
            }
            waits.add(waited);
        }

        assertThat(waits).containsExactly(1, 2, 4, 8, 16, 32, 60, 60);
    }

    @Test
    void whatIsNoWrongPassphraseDoesNotCount() {
        for (int i = 0; i < 9; i++) {
            assertThatThrownBy(
                            () ->
                                    guard.allow(
                                            () -> {
                                                throw new SecretException("a full disk");
                                            }))
                    .hasMessage("a full disk");
        }
    }

    private String refusal() {
        try {
            guard.allow(
                    () -> {
                        tried++;
                        throw new WrongPassphraseException();
                    });
            return "";
        } catch (SecretException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
