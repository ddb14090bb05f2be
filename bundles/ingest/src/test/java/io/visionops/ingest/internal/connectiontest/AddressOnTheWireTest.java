package io.visionops.ingest.internal.connectiontest;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.Source;
import io.visionops.api.child.ChildSpec;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.DecoderCommand;
import io.visionops.ingest.internal.decoder.DecoderInstaller;
import io.visionops.ingest.internal.decoder.DecoderProgram;
import io.visionops.ingest.internal.decoder.SharedDecoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What our own client asks a camera for, and how it logs in, is what the real ffmpeg asks and how
 * that logs in. A server writes down both.
 */
class AddressOnTheWireTest {

    private static final SharedDecoder DECODER = new SharedDecoder(new DecoderInstaller());
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static DecoderProgram program;

    private final List<Login> seen = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private volatile String challenge = "";

    /**
     * One request with a login.
     *
     * @param uri of the request
     * @param host of HTTP; empty for RTSP
     * @param login of Basic, decoded; of Digest the user, the address and the response
     */
    private record Login(String uri, String host, String login) {}

    @BeforeAll
    static void install() throws Exception {
        program = DECODER.program();
    }

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 20, InetAddress.getByName("::"));
        Thread acceptor = new Thread(this::accept, "recorder");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket one = server.accept();
                Thread thread = new Thread(() -> converse(one), "recorder");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    private void converse(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Map<String, String> headers = new TreeMap<>();
                for (String one = in.readLine();
                        one != null && !one.isEmpty();
                        one = in.readLine()) {
                    String[] parts = one.split(":", 2);
                    headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
                }
                answer(line, headers, socket.getOutputStream());
            }
        } catch (IOException e) {
            // Who asked has gone.
        }
    }

    private void answer(String line, Map<String, String> headers, OutputStream out)
            throws IOException {
        String authorization = headers.getOrDefault("authorization", "");
        boolean options = line.startsWith("OPTIONS");
        String status = options ? "200 OK" : authorization.isEmpty() ? "401 No" : "404 Not Found";
        if (!options && !authorization.isEmpty()) {
            String uri = line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
            seen.add(new Login(uri, headers.getOrDefault("host", ""), login(authorization)));
        }
        String protocol = line.substring(line.lastIndexOf(' ') + 1);
        out.write(
                (protocol
                                + " "
                                + status
                                + "\r\nCSeq: "
                                + headers.getOrDefault("cseq", "0")
                                + "\r\nWWW-Authenticate: "
                                + challenge
                                + "\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static String login(String authorization) {
        if (authorization.startsWith("Basic ")) {
            byte[] plain = Base64.getDecoder().decode(authorization.substring(6));
            return new String(plain, StandardCharsets.UTF_8);
        }
        List<String> parts = new ArrayList<>();
        for (String name : List.of("username", "uri", "response")) {
            parts.add(authorization.replaceFirst(".*\\b" + name + "=\"(.*?)\"(,.*|$)", "$1"));
        }
        return String.join(" ", parts);
    }

    private Login ours(String url) throws Exception {
        seen.clear();
        // The answer is 404: the decoder is not needed.
        new ConnectionTrial(Optional::empty, DECODER, Ticker.system()).run(url, LIMIT);
        return seen.get(seen.size() - 1);
    }

    private Login ffmpegs(String url) throws Exception {
        seen.clear();
        Source source = new Source(url, List.of(), Source.Pace.NATIVE, false, Source.Transport.TCP);
        ChildSpec spec =
                new DecoderCommand(program, source, 5, 64)
                        .spec("c", Address.parse("url", url), Source.Transport.TCP, true);
        ProcessBuilder builder = new ProcessBuilder(spec.command());
        builder.environment().putAll(spec.environment());
        Process ffmpeg =
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (OutputStream in = ffmpeg.getOutputStream()) {
            in.write(spec.input().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(ffmpeg.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        assertThat(seen).as("logins of ffmpeg at " + url).isNotEmpty();
        return seen.get(seen.size() - 1);
    }

    /** Both at an address in which {@code HERE} is host and port. */
    private Login both(String url) throws Exception {
        String address = url.replace("HERE", "127.0.0.1:" + server.getLocalPort());
        Login ours = ours(address);
        assertThat(ours).as(address).isEqualTo(ffmpegs(address));
        return ours;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "user@HERE/x, user:",
                "user:@HERE/x, user:",
                ":pw@HERE/x, :pw",
                "u:pw@HERE, u:pw",
                "u:pw@HERE?channel=1&x=%20, u:pw",
                "us%40er:p%2Fw%25x@HERE/x, us@er:p/w%x",
                "u:p@ss@HERE/x, u:p@ss",
                "u:p:q@HERE/x, u:p:q",
                "u:a+b%2Bc@HERE/a+b, u:a+b+c",
                "u:p%zz%@HERE/100%/%zz?%, u:p%zz%",
                "müller:grün€@HERE/tür?q=ü, müller:grün€",
                "u:it's\\\"{}@HERE/it's\\{}|^`?[1]=<\">, u:it's\\\"{}",
                "u:p@HERE/a/../b/./c//d, u:p",
                "u:p@HERE/a/..?x=/../y, u:p",
                "u:p@HERE/x#part, u:p",
                "u:p@HERE//x, u:p"
            })
    void ourClientAndFfmpegAskForTheSameWithTheSameLogin(String rest, String login)
            throws Exception {
        for (String scheme : List.of("rtsp://", "RTSP://", "http://", "Http://")) {
            challenge = "Basic realm=\"x\"";
            assertThat(both(scheme + rest).login()).isEqualTo(login);
            challenge = "Digest realm=\"x\", nonce=\"abc\"";
            both(scheme + rest);
        }
    }

    static Stream<String> random() {
        Random random = new Random(58);
        String alphabet = "aZ9-._~!$&'()*+,;=:@%%41%2fäß€\\\"{}[]|^`<>";
        return Stream.generate(
                        () -> {
                            StringBuilder text = new StringBuilder();
                            for (int i = random.nextInt(9) + 1; i > 0; i--) {
                                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                            }
                            return text.toString();
                        })
                .limit(12);
    }

    @ParameterizedTest
    @MethodSource("random")
    void whateverIsWrittenIsReadInOneWay(String text) throws Exception {
        challenge = "Basic realm=\"x\"";
        both("rtsp://u" + text + ":" + text + "@HERE/" + text.replace("@", ""));
        both("http://u" + text + ":" + text + "@HERE/" + text.replace("@", ""));
    }

    @Test
    void anIpv6AddressIsBracketedInBoth() throws Exception {
        challenge = "Basic realm=\"x\"";
        for (String scheme : List.of("rtsp", "http")) {
            // With and without a zone, as an address of one network card alone needs it.
            for (String host : List.of("[::1]", "[::1%251]")) {
                String url = scheme + "://u:p@" + host + ":" + server.getLocalPort() + "/x";
                assertThat(ours(url)).as(url).isEqualTo(ffmpegs(url));
            }
        }
    }
}
