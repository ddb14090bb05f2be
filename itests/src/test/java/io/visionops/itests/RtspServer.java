package io.visionops.itests;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/**
 * GStreamer's RTSP server in a process of its own; Debian: python3-gi, gir1.2-gst-rtsp-server-1.0
 * and plugins.
 */
final class RtspServer implements AutoCloseable {

    private final Process process;
    private final int port;

    private RtspServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static RtspServer serving(Path clip) throws IOException {
        return start(clip, "");
    }

    /**
     * @param login {@code user:password} that a client must give; empty: none
     */
    static RtspServer start(Path clip, String login) throws IOException {
        return start(freePort(), clip, login);
    }

    static RtspServer start(int port, Path clip, String login) throws IOException {
        return start(port, "/cam", clip, login);
    }

    /**
     * @param mount the path of the only stream that there is
     */
    static RtspServer start(int port, String mount, Path clip, String login) throws IOException {
        return start(port, mount, clip, login, "");
    }

    /**
     * @param transport {@code tcp} or {@code udp}; any other is refused
     */
    static RtspServer only(String transport, Path clip) throws IOException {
        return start(freePort(), "/cam", clip, "", transport);
    }

    private static RtspServer start(
            int port, String mount, Path clip, String login, String transport) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        "/usr/bin/python3",
                        script().toString(),
                        String.valueOf(port),
                        mount + "=" + clip.toAbsolutePath());
        if (!login.isEmpty()) {
            builder.environment().put("RTSP_LOGIN", login);
        }
        if (!transport.isEmpty()) {
            builder.environment().put("RTSP_TRANSPORT", transport);
        }
        Process process = builder.redirectErrorStream(true).start();
        BufferedReader lines = process.inputReader();
        String first = lines.readLine();
        if (!"serving".equals(first)) {
            process.destroyForcibly();
            throw new IOException(
                    "GStreamer's RTSP server does not start: "
                            + first
                            + "; the packages of .ci/run are needed");
        }
        return new RtspServer(process, port);
    }

    int port() {
        return port;
    }

    String url() {
        return "rtsp://127.0.0.1:" + port + "/cam";
    }

    String url(String login) {
        return "rtsp://" + login + "@127.0.0.1:" + port + "/cam";
    }

    /** Stops it in its tracks: connections stay open and nothing comes any more. */
    void freeze() throws IOException, InterruptedException {
        Instance.signal("STOP", process.toHandle());
    }

    /** After {@link #freeze}. */
    void thaw() throws IOException, InterruptedException {
        Instance.signal("CONT", process.toHandle());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static Path script() throws IOException {
        URL script = Objects.requireNonNull(RtspServer.class.getResource("/rtsp_server.py"));
        try {
            return Path.of(script.toURI());
        } catch (URISyntaxException wrong) {
            throw new IOException(wrong);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
