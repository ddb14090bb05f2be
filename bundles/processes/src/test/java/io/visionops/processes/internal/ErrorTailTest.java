package io.visionops.processes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTailTest {

    @Test
    void aCarriageReturnBeforeALineEndIsPartOfItAndEmptyLinesAreNone() {
        assertThat(lines("a\r\n\nb\n\r\nc")).containsExactly("a", "b", "c");
    }

    @Test
    void linesThatAreWrittenOverAreKeptApartAndPushNothingOut() {
        ErrorTail tail = tail("went wrong\n" + "frame=1 rtsp://u:p@h\r".repeat(1_000));

        assertThat(tail.lines()).containsExactly("went wrong");
        assertThat(tail.progress()).hasValue("frame=1 rtsp://***@h");
    }

    @Test
    void theProgressIsTheLastLineThatWasWrittenOver() {
        assertThat(tail("no progress\r\n").progress()).isEmpty();
        assertThat(tail("1\r2\r").progress()).hasValue("2");
        assertThat(tail("1\r2\rrest").progress()).hasValue("2");
        assertThat(tail("1\r\rwords\r\n").progress()).hasValue("1");
    }

    @Test
    void linesAreCutToAThousandCharacters() {
        assertThat(lines("x".repeat(5_000) + "\nshort\n"))
                .containsExactly("x".repeat(1_000), "short");
    }

    @Test
    void bytesThatAreNoTextAndControlCharactersDoNoHarm() {
        byte[] bytes = {'a', (byte) 0xff, 0x1b, '[', '2', 'J', 0, 'z', '\n'};

        assertThat(lines(bytes)).containsExactly("a\ufffd [2J z");
    }

    @Test
    void userAndPasswordOfEveryUrlAreMaskedWhateverTheyHold() {
        assertThat(
                        lines(
                                "rtsp://u:p@h/x http://a@b/ RTSPS://U:P@h\n"
                                        + "(rtsp://u:p:/@?#@[::1]:554/x) failed\n"
                                        + "rtsp://h/x without\n"
                                        + "tcp://u:p@h:1 and mail me@here\n"))
                .containsExactly(
                        "rtsp://***@h/x http://***@b/ RTSPS://***@h",
                        "(rtsp://***@[::1]:554/x) failed",
                        "rtsp://h/x without",
                        "tcp://***@h:1 and mail me@here");
    }

    @Test
    void theLongerOfTwoSecretsGoesFirst() {
        assertThat(lines("pass password", "pass", "password", "")).containsExactly("*** ***");
    }

    @Test
    void noPartOfASecretStandsAtACutWhereverItFalls() {
        String secret = "correct-horse";
        for (int at = 950; at <= 1_010; at++) {
            assertSafe(lines("x".repeat(at) + " " + secret + " more", secret), secret);
        }
        for (int at = 3_980; at <= 4_010; at++) {
            assertSafe(lines("x".repeat(at) + " " + secret + " more", secret), secret);
        }
        for (int at = 3_980; at <= 4_000; at++) {
            assertSafe(
                    lines(
                            "password ".repeat(400) + "x".repeat(at - 3_600) + "c\u00f6rr\u00f6",
                            "c\u00f6rr\u00f6",
                            "password"),
                    "c\u00f6rr");
        }
        // Masking shortens the line, so that its cut end comes to be shown.
        for (int shift = 0; shift < secret.length() + 1; shift++) {
            assertSafe(lines("y".repeat(shift) + (secret + " ").repeat(400), secret), secret);
            assertSafe(lines("y".repeat(shift) + " rtsp://u:correct@h".repeat(400)), "correct@");
        }
    }

    private static void assertSafe(List<String> lines, String secret) {
        String line = lines.get(0);
        assertThat(line.length()).isLessThanOrEqualTo(1_000);
        assertThat(line).doesNotContain(secret.substring(0, 4));
    }

    @Test
    void theLastHundredLinesAreKept() {
        String text =
                IntStream.rangeClosed(1, 1_000)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining("\n"));

        assertThat(lines(text)).hasSize(100).startsWith("901").endsWith("1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"://", "\ufffd", "@", "://@", "x ", "\ufffdx", "secre"})
    void hostileLinesTakeNoTime(String piece) {
        String line = piece.repeat(10_000 / piece.length()) + "\n";
        long began = System.nanoTime();

        assertThat(lines(line.repeat(100), "secret")).hasSize(100);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }

    private static List<String> lines(String text, String... secrets) {
        return lines(text.getBytes(StandardCharsets.UTF_8), secrets);
    }

    private static List<String> lines(byte[] bytes, String... secrets) {
        return tail(bytes, secrets).lines();
    }

    private static ErrorTail tail(String text) {
        return tail(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ErrorTail tail(byte[] bytes, String... secrets) {
        ErrorTail tail = new ErrorTail(new Secrets(List.of(secrets)));
        tail.drain(new ByteArrayInputStream(bytes));
        return tail;
    }
}
