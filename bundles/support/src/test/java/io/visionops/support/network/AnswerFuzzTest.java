package io.visionops.support.network;

import io.visionops.api.discovery.Search.Login;
import io.visionops.api.time.Ticker;
import io.visionops.testkit.HostileText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a device answers, reading it ends soon, and as it should. */
class AnswerFuzzTest {

    private static final Login LOGIN = new Login("user", "pass\"word\\");

    @Provide
    Arbitrary<String> challenges() {
        return HostileText.of(
                AnswerReader.LINE,
                List.of("a", "realm", "=", "\"", "\\", ",", " ", "\t", "\\\"", "nonce=", "-", "\r"),
                List.of(
                        "Digest realm=\"IP Camera(G1234)\", nonce=\"3f\", stale=\"FALSE\"",
                        "Digest realm=\"x\", qop=\"auth\", algorithm=MD5, opaque=\"\"",
                        "Digest realm=\"",
                        "Basic realm=\"x\""));
    }

    @Property(tries = 2000)
    void challengesAreAnsweredOrNot(@ForAll("challenges") String challenge) {
        HostileText.read(
                () ->
                        DigestLogin.of(List.of(challenge, challenge))
                                .ifPresent(login -> login.answer(LOGIN, "GET", "/x", "00")));
    }

    @Provide
    Arbitrary<String> answers() {
        return HostileText.of(
                2 * AnswerReader.LIMIT,
                List.of(
                        "HTTP/1.1 200 OK\r\n",
                        "HTTP/1.1 100 Continue\r\n\r\n",
                        "RTSP/1.0 401 No\r\n",
                        "\r\n",
                        "\n",
                        "a",
                        ":",
                        " ",
                        ";",
                        "0",
                        "ffffffff\r\n",
                        "Content-Length: 9\r\n",
                        "Content-Length: -1\r\n",
                        "Transfer-Encoding: chunked\r\n",
                        "X: y\r\n"),
                List.of(
                        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\n",
                        "HTTP/1.0 200 OK\r\nServer: x\r\n\r\n<html>",
                        "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 4\r\n\r\nv=0\n"));
    }

    @Property(tries = 2000)
    void answersAreReadOrRefused(@ForAll("answers") String answer) {
        for (AnswerReader.Protocol protocol : AnswerReader.Protocol.values()) {
            HostileText.read(
                    () ->
                            new AnswerReader(protocol, socket(answer))
                                    .read(Deadline.in(Ticker.system(), Duration.ofSeconds(5))),
                    IOException.class);
        }
        HostileText.read(() -> Words.line(answer));
    }

    private static Socket socket(String answer) {
        byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
        return new Socket() {
            private final InputStream in = new ByteArrayInputStream(bytes);

            @Override
            public InputStream getInputStream() {
                return in;
            }

            @Override
            public void setSoTimeout(int millis) {}
        };
    }
}
