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

/** Probing real sockets. */
class ReachabilityMonitorTest {

    private static final Duration OFTEN = Duration.ofMillis(50);
    private static final byte[] OK =
            "RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ReachabilityMonitor reachability =
            new ReachabilityMonitor(Ticker.system(), Math::random);
    private final AtomicInteger rings = new AtomicInteger();

    @AfterEach
    void close() {
        reachability.close();
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

    private ReachabilityMonitor.Watch watch(Address address) {
        return reachability.watch(address, OFTEN, false, rings::incrementAndGet);
    }

    private static String askedOf(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[200];
        return new String(bytes, 0, Math.max(0, in.read(bytes)), StandardCharsets.US_ASCII);
    }

    /** The camera is there again and answers, which rings once; what it was asked. */
    private String askedAfterReturn(int port) throws IOException {
        try (ServerSocket server = listenAt(port);
                Socket probe = server.accept()) {
            String asked = askedOf(probe);
            probe.getOutputStream().write(OK);
            await(() -> rings.get() == 1);
            return asked;
        }
    }

    @Test
    void aCameraThatComesBackRingsOnce() throws Exception {
        int port = closedPort();
        watch(camera("127.0.0.1", port));
        await(() -> reachability.unanswered() > 0);

        assertThat(askedAfterReturn(port))
                .startsWith("OPTIONS rtsp://127.0.0.1:" + port + "/cam RTSP/1.0\r\n");
        await(() -> reachability.watches() == 0);
        assertThat(rings).hasValue(1);
    }

    @Test
    void aCameraThatAnswersAllTheTimeDoesNotRing() throws Exception {
        try (ServerSocket server = listenAt(0)) {
            watch(camera("127.0.0.1", server.getLocalPort()));
            try (Socket probe = server.accept()) {
                assertThat(askedOf(probe)).startsWith("OPTIONS");
                probe.getOutputStream().write(OK);
                await(() -> reachability.watches() == 0);
            }
        }

        assertThat(rings).hasValue(0);
    }

    @Test
    void aFrozenCameraHasOneConnectionAtATimeAndRingsWhenItThaws() throws Exception {
        try (ServerSocket server = listenAt(0)) {
            watch(camera("127.0.0.1", server.getLocalPort()));
            List<Socket> probes = new ArrayList<>();
            probes.add(server.accept());
            assertThat(askedOf(probes.get(0))).startsWith("OPTIONS");
            assertThat(askedOf(probes.get(0))).as("it is given up before the next").isEmpty();
            probes.add(server.accept());
            askedOf(probes.get(1));
            probes.get(1).getOutputStream().write(OK);

            await(() -> rings.get() == 1);
            for (Socket probe : probes) {
                probe.close();
            }
        }
    }

    @Test
    void aCameraThatBeginsAnAnswerAndDoesNotEndItIsConfusedUntilItAnswers() throws Exception {
        try (ServerSocket server = listenAt(0)) {
            ReachabilityMonitor.Watch hung = watch(camera("127.0.0.1", server.getLocalPort()));
            try (Socket probe = server.accept()) {
                askedOf(probe);
                probe.getOutputStream().write(OK, 0, OK.length - 1);
                await(hung::isConfused);
                assertThat(hung.isSilent()).isTrue();
                assertThat(rings).hasValue(0);
            }
            try (Socket probe = server.accept()) {
                askedOf(probe);
                probe.getOutputStream().write(OK);
                await(() -> rings.get() == 1);
            }
            assertThat(hung.isSilent()).isFalse();
        }
    }

    @Test
    void anAnswerWithoutEndIsGivenUpAtOnce() throws Exception {
        try (ServerSocket server = listenAt(0)) {
            ReachabilityMonitor.Watch hung = watch(camera("127.0.0.1", server.getLocalPort()));
            try (Socket probe = server.accept()) {
                long began = System.nanoTime();
                probe.getOutputStream()
                        .write("RTSP/1.0 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                probe.getOutputStream().write(new byte[20_000]);
                await(hung::isConfused);
                assertThat(System.nanoTime() - began).isLessThan(ProbeSchedule.LIMIT.toNanos());
            }
        }
    }

    @Test
    void aHostIsLookedUpByItsName() throws Exception {
        int port = closedPort();
        watch(camera("localhost", port));
        await(() -> reachability.unanswered() > 0);

        assertThat(askedAfterReturn(port)).startsWith("OPTIONS");
    }

    @Test
    void anUnknownHostHoldsUpNobody() throws Exception {
        watch(camera("no-such-host.invalid", 554));
        int port = closedPort();
        watch(camera("127.0.0.1", port));
        await(() -> reachability.unanswered() > 0);

        assertThat(askedAfterReturn(port)).startsWith("OPTIONS");
    }

    @Test
    void aBellThatIsTakenDownLeavesNothing() throws Exception {
        try (ServerSocket server = listenAt(0)) {
            ReachabilityMonitor.Watch hung = watch(camera("127.0.0.1", server.getLocalPort()));
            try (Socket probe = server.accept()) {
                assertThat(askedOf(probe)).startsWith("OPTIONS");

                hung.close();

                assertThat(askedOf(probe)).as("closed").isEmpty();
                await(() -> reachability.watches() == 0);
            }
        }
        assertThat(rings).hasValue(0);
    }

    @Test
    void aFileIsNotKnockedAt() throws Exception {
        reachability.watch(
                Address.parse("url", "file:/srv/a.mp4"), OFTEN, false, rings::incrementAndGet);

        assertThat(reachability.watches()).isZero();
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(condition);
    }
}
