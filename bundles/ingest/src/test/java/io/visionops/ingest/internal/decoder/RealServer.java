package io.visionops.ingest.internal.decoder;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An RTSP server that we did not write, in a process of its own. */
public final class RealServer implements AutoCloseable {

    /** GStreamer's, by the script of the black-box tests. */
    private static final Path GSTREAMER = Path.of("../../itests/src/test/resources/rtsp_server.py");

    private final Process process;
    private final int port;

    private RealServer(List<String> command, Map<String, String> environment, int port)
            throws IOException {
        this.port = port;
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        process = builder.start();
        String first = process.inputReader().readLine();
        if (first == null || !(first.equals("serving") || first.startsWith("rtsp://"))) {
            process.destroyForcibly();
            throw new IOException("the server does not start: " + first);
        }
    }

    /**
     * @param login digest; empty: none
     */
    public static RealServer gstreamer(Path mp4, String login) throws IOException {
        return gstreamer(mp4, login.isEmpty() ? Map.of() : Map.of("RTSP_LOGIN", login));
    }

    /**
     * @param transport {@code tcp} or {@code udp}: it refuses the other
     */
    public static RealServer gstreamerOver(String transport, Path mp4) throws IOException {
        return gstreamer(mp4, Map.of("RTSP_TRANSPORT", transport));
    }

    private static RealServer gstreamer(Path mp4, Map<String, String> environment)
            throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.addAll(List.of("/usr/bin/python3", GSTREAMER.toString(), String.valueOf(port)));
        command.add("/cam=" + mp4.toAbsolutePath());
        command.add("/gone=" + mp4.resolveSibling("not-there.mp4").toAbsolutePath());
        return new RealServer(command, environment, port);
    }

    /**
     * The small one of the shared tools.
     *
     * @param login digest; empty: none
     */
    static RealServer mini(Path tool, Path elementary, String login) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.addAll(List.of("python3", tool.toString(), "--port", String.valueOf(port)));
        command.addAll(List.of("--fps", "10", elementary.toString()));
        if (!login.isEmpty()) {
            command.addAll(List.of("--digest", login));
        }
        return new RealServer(command, Map.of(), port);
    }

    /** Where the small one is; empty when this machine has none. */
    static Optional<Path> miniTool() {
        String named = System.getenv("VISIONOPS_SHARED");
        Path shared = Path.of(System.getProperty("visionops.shared", named == null ? "" : named));
        Path tool = shared.resolve("tools/minirtsp.py");
        return Files.exists(tool) ? Optional.of(tool) : Optional.empty();
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public String url(String login, String path) {
        String before = login.isEmpty() ? "" : login + "@";
        return "rtsp://" + before + "127.0.0.1:" + port + "/" + path;
    }

    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor(5, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
