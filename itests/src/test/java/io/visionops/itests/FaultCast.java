package io.visionops.itests;

import com.fasterxml.jackson.databind.JsonNode;
import io.visionops.testkit.rtsp.HostileCamera;
import io.visionops.testkit.rtsp.Mischief;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** The troubles of the fault tests, each with a server of its own where one is needed. */
final class FaultCast implements AutoCloseable {

    static final String GSTREAMER = "GStreamer";
    static final String MINI = "minirtsp";
    static final String HOSTILE = "hostile";

    private static final String LOGIN = "viewer:s3cret-Pw";
    private static final String CHANGED = "viewer:an0ther-Pw";
    private static final Duration REFUSED_FOR = Duration.ofSeconds(8);

    private final Instance instance;
    private final FaultMedia media;
    private final HostileCamera hostile;

    /** Those that run now, in the order of their first start. */
    private final List<Replaceable> servers = new ArrayList<>();

    FaultCast(Instance instance, FaultMedia media, HostileCamera hostile) {
        this.instance = instance;
        this.media = media;
        this.hostile = hostile;
    }

    /** Starts a server on a port. */
    @FunctionalInterface
    private interface Starter {
        AutoCloseable start(int port) throws IOException;
    }

    /** A server that is taken away and put back on its port. */
    private static final class Replaceable {
        private final int port;
        private AutoCloseable running;

        Replaceable(Starter first) throws IOException {
            port = RtspServer.freePort();
            running = first.start(port);
        }

        synchronized void stop() throws Exception {
            running.close();
        }

        synchronized void become(Starter other) throws Exception {
            running.close();
            running = other.start(port);
        }

        synchronized void freeze() throws Exception {
            if (running instanceof MiniRtspServer mini) {
                mini.freeze();
            } else {
                ((RtspServer) running).freeze();
            }
        }

        synchronized void thaw() throws Exception {
            if (running instanceof MiniRtspServer mini) {
                mini.thaw();
            } else {
                ((RtspServer) running).thaw();
            }
        }

        String url(String login) {
            return String.format(
                    Locale.ROOT,
                    "rtsp://%s127.0.0.1:%d/cam",
                    login.isEmpty() ? "" : login + "@",
                    port);
        }
    }

    private Replaceable serve(Starter first) throws IOException {
        Replaceable server = new Replaceable(first);
        synchronized (servers) {
            servers.add(server);
        }
        return server;
    }

    private Starter gstreamer(String login) {
        return port -> RtspServer.start(port, media.clip(), login);
    }

    private Starter mini(String login) {
        return port -> MiniRtspServer.start(port, media.elementary(), login);
    }

    private Starter of(String kind, String login) {
        return kind.equals(MINI) ? mini(login) : gstreamer(login);
    }

    /** The servers not written by us that this machine has. */
    List<String> realServers() {
        return MiniRtspServer.isThere() ? List.of(GSTREAMER, MINI) : List.of(GSTREAMER);
    }

    Trouble gstreamerKilled(Duration lasts) throws IOException {
        return killed(GSTREAMER, "gstreamer-killed", lasts);
    }

    Trouble gstreamerFrozen(Duration lasts) throws IOException {
        return frozen(GSTREAMER, "gstreamer-frozen", lasts);
    }

    Trouble gstreamerPasswordChanged() throws IOException {
        return passwordChanged(GSTREAMER, "gstreamer-password");
    }

    /** The process is killed, and started again. */
    Trouble killed(String kind, String camera, Duration lasts) throws IOException {
        Replaceable server = serve(of(kind, ""));
        return Trouble.of(
                "server killed, back after " + lasts.toSeconds() + " s",
                kind,
                camera,
                server.url(""),
                lasts,
                server::stop,
                () -> server.become(of(kind, "")));
    }

    /** The process is stopped and goes on: connections stay, and are accepted by the system. */
    Trouble frozen(String kind, String camera, Duration lasts) throws IOException {
        Replaceable server = serve(of(kind, ""));
        return Trouble.of(
                "server frozen (SIGSTOP) for " + lasts.toSeconds() + " s",
                kind,
                camera,
                server.url(""),
                lasts,
                server::freeze,
                server::thaw);
    }

    Trouble passwordChanged(String kind, String camera) throws IOException {
        Replaceable server = serve(of(kind, LOGIN));
        return Trouble.of(
                "password changed on the camera, and back",
                kind,
                camera,
                server.url(LOGIN),
                REFUSED_FOR,
                () -> server.become(of(kind, CHANGED)),
                () -> server.become(of(kind, LOGIN)));
    }

    Trouble gstreamerPathChanged() throws IOException {
        Replaceable server = serve(gstreamer(""));
        return Trouble.of(
                "path changed on the camera, and back",
                GSTREAMER,
                "gstreamer-path",
                server.url(""),
                REFUSED_FOR,
                () -> server.become(port -> RtspServer.start(port, "/elsewhere", media.clip(), "")),
                () -> server.become(gstreamer("")));
    }

    Trouble decoderKilled() throws IOException {
        return decoder("ffmpeg killed (SIGKILL)", "decoder-killed", "KILL");
    }

    Trouble decoderFrozen() throws IOException {
        return decoder("ffmpeg frozen (SIGSTOP)", "decoder-frozen", "STOP");
    }

    private Trouble decoder(String fault, String camera, String signal) throws IOException {
        Replaceable server = serve(gstreamer(""));
        AtomicReference<ProcessHandle> decoder = new AtomicReference<>();
        return new Trouble(
                fault,
                GSTREAMER,
                camera,
                server.url(""),
                Duration.ZERO,
                () -> decoder.set(decoderOf(camera)),
                () -> Instance.signal(signal, decoder.get()),
                () -> {});
    }

    private ProcessHandle decoderOf(String camera) throws Exception {
        for (JsonNode process : instance.json("processes")) {
            if (process.get("name").asText().equals("camera-" + camera)) {
                return ProcessHandle.of(process.get("pid").asLong()).orElseThrow();
            }
        }
        throw new AssertionError("no decoder for " + camera);
    }

    /** The camera begins to misbehave; what needs a new connection to show gets one. */
    Trouble hostile(Mischief mischief, Duration lasts) {
        String camera = "a-" + mischief.path();
        return Trouble.of(
                mischief.path().replace('-', ' '),
                HOSTILE,
                camera,
                hostile.url(camera),
                lasts,
                () -> {
                    hostile.turn(camera, mischief);
                    if (mischief.compareTo(Mischief.CLOSE) < 0) {
                        hostile.drop(camera);
                    }
                },
                () -> hostile.turn(camera, Mischief.NONE));
    }

    @Override
    public void close() throws Exception {
        synchronized (servers) {
            for (Replaceable server : servers) {
                server.stop();
            }
            servers.clear();
        }
    }
}
