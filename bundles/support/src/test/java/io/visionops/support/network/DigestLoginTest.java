package io.visionops.support.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.discovery.Search.Login;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestLoginTest {

    private static final Login LOGIN = new Login("Mufasa", "Circle of Life");

    private static DigestLogin of(String... challenges) {
        return DigestLogin.of(List.of(challenges)).orElseThrow();
    }

    /** The example of RFC 7616, 3.9.1. */
    @Test
    void theStrongestChallengeIsAnsweredAsTheStandardShows() {
        String parameters =
                "realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
                        + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

        String line =
                of("Digest algorithm=MD5, " + parameters, "digest algorithm=SHA-256," + parameters)
                        .answer(
                                LOGIN,
                                "GET",
                                "/dir/index.html",
                                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

        assertThat(line)
                .contains("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")
                .contains("algorithm=SHA-256");
    }

    @Test
    void camerasWriteAsTheyLike() {
        DigestLogin login =
                of("DIGEST  Realm = \"IP \\\"Camera\\\", 1\" ,nonce=abc,stale=FALSE,, x2=\"y\"");

        assertThat(login).isEqualTo(new DigestLogin("IP \"Camera\", 1", "abc", "", "", false));
        assertThat(login.answer(LOGIN, "GET", "/", ""))
                .contains("realm=\"IP \\\"Camera\\\", 1\"")
                .doesNotContain("qop");
    }

    @Test
    void whatIsNoDigestOrOfAnotherKindIsNotAnswered() {
        assertThat(
                        DigestLogin.of(
                                List.of(
                                        "Basic realm=\"x\"",
                                        "Digest realm=\"x\", nonce=\"1\", algorithm=SHA-512-256",
                                        "Digest realm=\"x\", nonce=\"1\", qop=\"auth-int\"",
                                        "")))
                .isEmpty();
    }

    @Test
    void aQuoteThatIsNotClosedEndsWithTheLine() {
        assertThat(of("Digest realm=\"a\\").realm()).isEqualTo("a\\");
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000, 8_000})
    void aRealmWithoutReasonIsRefusedAndHarmsNobody(int length) {
        assertThat(
                        DigestLogin.of(
                                List.of(
                                        "Digest nonce=\"1\", realm=\"" + "a".repeat(length) + '"',
                                        "Digest realm=\"" + "\\x".repeat(length))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a ", "=", "\"", "\\", "a=", "a=\"", "a =", " ", ",", "-\t="})
    void longHeadersTakeNoTime(String piece) {
        String header = "Digest " + piece.repeat(8_000 / piece.length());
        long began = System.nanoTime();

        for (int i = 0; i < 100; i++) {
            DigestLogin.of(List.of(header, header.substring(0, Challenge.LENGTH)));
        }

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }
}
