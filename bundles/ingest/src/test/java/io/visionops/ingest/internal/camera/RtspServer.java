package io.visionops.ingest.internal.camera;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The small RTSP server of the shared tools, with login, in a process that can be stalled and
 * killed.
 */
final class RtspServer implements AutoCloseable {

    private final List<String> command = new ArrayList<>();
    private final int port;
    private Process process;

    private RtspServer(Path tool, Path elementary, int fps, Optional<String> login)
            throws IOException {
        port = freePort();
        command.addAll(List.of("python3", tool.toString(), "--port", String.valueOf(port)));
        command.addAll(List.of("--fps", String.valueOf(fps), elementary.toString()));
        login.ifPresent(one -> command.addAll(List.of("--digest", one)));
        start();
    }

    /** Where the shared tools are; empty when this machine has none. */
    static Optional<Path> tool() {
        String named = System.getenv("VISIONOPS_SHARED");
        String folder = System.getProperty("visionops.shared", named == null ? "" : named);
        Path shared =
                folder.isEmpty()
                        ? Path.of("").toAbsolutePath().resolve("../../../shared")
                        : Path.of(folder);
        Path tool = shared.resolve("tools/minirtsp.py");
        return Files.exists(tool) ? Optional.of(tool) : Optional.empty();
    }

    /**
     * @param login user and password, digest
     */
    static RtspServer start(Path elementary, int fps, Optional<String> login) throws IOException {
        return new RtspServer(tool().orElseThrow(), elementary, fps, login);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts, also again after {@link #kill}; returns when it listens. */
    void start() throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String first = said.readLine();
        if (first == null || !first.startsWith("rtsp://")) {
            throw new IOException("the test server does not start: " + first);
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Connections stay open and nothing comes, until it is called again. */
    void toggleStall() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-USR1", String.valueOf(process.pid())).start().waitFor();
    }

    String url() {
        return "rtsp://127.0.0.1:" + port + "/cam";
    }

    String url(String login) {
        return "rtsp://" + login + "@127.0.0.1:" + port + "/cam";
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
