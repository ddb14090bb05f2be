package io.visionops.ingest.internal.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.Address;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Knocking at real sockets. */
class ReachabilityMonitorTest {

    private static final Duration OFTEN = Duration.ofMillis(50);
    private static final byte[] OK =
            "RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ReachabilityMonitor bells =
            new ReachabilityMonitor(Ticker.system(), Math::random);
    private final AtomicInteger rings = new AtomicInteger();

    @AfterEach
    void close() {
        bells.close();
    }

    private static ServerSocket listenAt(int port) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setSoTimeout(5_000);
        return server;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket server = listenAt(0)) {
            return server.getLocalPort();
        }
    }

    private static Address camera(String host, int port) throws Exception {
        return Address.parse("url", "rtsp://" + host + ":" + port + "/cam");
    }

    private ReachabilityMonitor.Hung hang(Address address) {
        return bells.hang(address, OFTEN, false, rings::incrementAndGet);
    }

    private static String askedOf(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[200];
        return new String(bytes, 0, Math.max(0, in.read(bytes)), StandardCharsets.US_ASCII);
    }

    /** The camera is there again and answers, which rings once; what it was asked. */
    private String askedAfterReturn(int port) throws IOException {
        try (ServerSocket server = listenAt(port);
                Socket knock = server.accept()) {
            String asked = askedOf(knock);
            knock.getOutputStream().write(OK);
            await(() -> rings.get() == 1);
            return asked;
        }
    }

    @Test
    void aCameraThatComesBackRingsOnce() throws Exception {
        int port = closedPort();
        hang(camera("127.0.0.1", port));
        await(() -> bells.unanswered() > 0);

        assertThat(askedAfterReturn(port))
                .startsWith("OPTIONS rtsp://127.0.0.1:" + port + "/cam RTSP/1.0\r\n");
        await(() -> bells.hanging() == 0);
        assertThat(rings).hasValue(1);
    }

    @Test
    void aCameraThatAnswersAllTheTimeDoesNotRing() throws Exception {
        try (ServerSocket server = listenAt(0)) {
            hang(camera("127.0.0.1", server.getLocalPort()));
            try (Socket knock = server.accept()) {
                assertThat(askedOf(knock)).startsWith("OPTIONS");
                knock.getOutputStream().write(OK);
                await(() -> bells.hanging() == 0);
            }
        }

        assertThat(rings).hasValue(0);
    }

    @Test
    void aFrozenCameraHasOneConnectionAtATimeAndRingsWhenItThaws() throws Exception {
        try (ServerSocket server = listenAt(0)) {
            hang(camera("127.0.0.1", server.getLocalPort()));
            List<Socket> knocks = new ArrayList<>();
            knocks.add(server.accept());
            assertThat(askedOf(knocks.get(0))).startsWith("OPTIONS");
            assertThat(askedOf(knocks.get(0))).as("it is given up before the next").isEmpty();
            knocks.add(server.accept());
            askedOf(knocks.get(1));
            knocks.get(1).getOutputStream().write(OK);

            await(() -> rings.get() == 1);
            for (Socket knock : knocks) {
                knock.close();
            }
        }
    }

    @Test
    void aCameraThatBeginsAnAnswerAndDoesNotEndItIsConfusedUntilItAnswers() throws Exception {
        try (ServerSocket server = listenAt(0)) {
            ReachabilityMonitor.Hung hung = hang(camera("127.0.0.1", server.getLocalPort()));
            try (Socket knock = server.accept()) {
                askedOf(knock);
                knock.getOutputStream().write(OK, 0, OK.length - 1);
                await(hung::isConfused);
                assertThat(hung.isSilent()).isTrue();
                assertThat(rings).hasValue(0);
            }
            try (Socket knock = server.accept()) {
                askedOf(knock);
                knock.getOutputStream().write(OK);
                await(() -> rings.get() == 1);
            }
            assertThat(hung.isSilent()).isFalse();
        }
    }

    @Test
    void anAnswerWithoutEndIsGivenUpAtOnce() throws Exception {
        try (ServerSocket server = listenAt(0)) {
            ReachabilityMonitor.Hung hung = hang(camera("127.0.0.1", server.getLocalPort()));
            try (Socket knock = server.accept()) {
                long began = System.nanoTime();
                knock.getOutputStream()
                        .write("RTSP/1.0 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                knock.getOutputStream().write(new byte[20_000]);
                await(hung::isConfused);
                assertThat(System.nanoTime() - began).isLessThan(ProbeSchedule.LIMIT.toNanos());
            }
        }
    }

    @Test
    void aHostIsLookedUpByItsName() throws Exception {
        int port = closedPort();
        hang(camera("localhost", port));
        await(() -> bells.unanswered() > 0);

        assertThat(askedAfterReturn(port)).startsWith("OPTIONS");
    }

    @Test
    void anUnknownHostHoldsUpNobody() throws Exception {
        hang(camera("no-such-host.invalid", 554));
        int port = closedPort();
        hang(camera("127.0.0.1", port));
        await(() -> bells.unanswered() > 0);

        assertThat(askedAfterReturn(port)).startsWith("OPTIONS");
    }

    @Test
    void aBellThatIsTakenDownLeavesNothing() throws Exception {
        try (ServerSocket server = listenAt(0)) {
            ReachabilityMonitor.Hung hung = hang(camera("127.0.0.1", server.getLocalPort()));
            try (Socket knock = server.accept()) {
                assertThat(askedOf(knock)).startsWith("OPTIONS");

                hung.close();

                assertThat(askedOf(knock)).as("closed").isEmpty();
                await(() -> bells.hanging() == 0);
            }
        }
        assertThat(rings).hasValue(0);
    }

    @Test
    void aFileIsNotKnockedAt() throws Exception {
        bells.hang(Address.parse("url", "file:/srv/a.mp4"), OFTEN, false, rings::incrementAndGet);

        assertThat(bells.hanging()).isZero();
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(condition);
    }
}
