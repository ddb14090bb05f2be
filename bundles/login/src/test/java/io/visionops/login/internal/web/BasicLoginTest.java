package io.visionops.login.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicLoginTest {

    @Test
    void thePasswordMayHoldColonsAndEveryLetter() {
        assertThat(BasicLogin.of(List.of("Basic " + encoded("vera:a:ß:€"))))
                .contains(new BasicLogin("vera", "a:ß:€"));
        assertThat(BasicLogin.of(List.of("bAsIc  " + encoded("vera:"))))
                .contains(new BasicLogin("vera", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Basic", "Basic ", "Basic ???", "Bearer dmVyYTph", "Basic dmVyYQ=="})
    void whatIsNoLoginIsNone(String header) {
        assertThat(BasicLogin.of(List.of(header))).isEmpty();
    }

    @Test
    void noneAndTwoAreNone() {
        String login = "Basic " + encoded("vera:a");

        assertThat(BasicLogin.of(List.of())).isEmpty();
        assertThat(BasicLogin.of(List.of(login, login))).isEmpty();
        assertThat(BasicLogin.of(List.of("Basic " + encoded(":a")))).isEmpty();
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(new BasicLogin("vera", "secret").toString()).doesNotContain("secret");
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
