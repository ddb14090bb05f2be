package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraException;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.ConnectionTest;
import io.visionops.api.camera.ConnectionTest.Stage;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Source;
import io.visionops.api.child.Child;
import io.visionops.api.child.Custody;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.Refused;
import io.visionops.ingest.internal.decoder.DecoderCommand;
import io.visionops.ingest.internal.decoder.DecoderUnavailable;
import io.visionops.ingest.internal.decoder.Diagnosis;
import io.visionops.ingest.internal.decoder.FrameStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Connects to a camera on trial, stage by stage, within a time. Thread-safe. */
public final class ConnectionTrial {

    private static final int FPS = 5;
    private static final int WIDTH = 640;
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration EXIT = Duration.ofSeconds(3);

    /** ffmpeg's description of what it found. */
    private static final Pattern STREAM =
            Pattern.compile(
                    "Stream #0:\\d+.*: Video: (\\w+).*?\\b(\\d{2,5}x\\d{2,5})\\b(?:.*?([\\d.]+) fps)?");

    private final World world;
    private final AtomicLong trials = new AtomicLong();

    public ConnectionTrial(World world) {
        this.world = world;
    }

    /** An address that is not configured, with the usual ways. */
    static Source plain(String url) {
        return new Source(url, List.of(), Source.Pace.NATIVE, false, Source.Transport.TCP);
    }

    /**
     * @param limit how long all of it may take
     */
    ConnectionTest run(Source source, Duration limit) throws CameraException {
        Address address;
        try {
            address = Address.parse("url", source.url());
        } catch (Refused e) {
            throw new CameraException(String.valueOf(e.getMessage()), e);
        }
        Run run = new Run(source, address, world.ticker().nanos() + limit.toNanos());
        run.all();
        return new ConnectionTest(address.masked(), run.stages);
    }

    /** One trial. */
    private final class Run {
        private final Source source;
        private final Address address;
        private final long deadline;
        private final List<Stage> stages = new ArrayList<>();
        private long stageBegan = world.ticker().nanos();

        Run(Source source, Address address, long deadline) {
            this.source = source;
            this.address = address;
            this.deadline = deadline;
        }

        void all() {
            boolean reachable = address.scheme().isNetwork() ? network() : local();
            if (reachable) {
                stream();
            }
        }

        private Duration left() {
            return Duration.ofNanos(Math.max(1_000_000, deadline - world.ticker().nanos()));
        }

        private boolean stage(String name, boolean passed, String detail) {
            long now = world.ticker().nanos();
            stages.add(new Stage(name, passed, detail, Duration.ofNanos(now - stageBegan)));
            stageBegan = now;
            return passed;
        }

        private boolean local() {
            Path path = Path.of(address.path());
            if (!Files.exists(path)) {
                return stage("address", false, path + " does not exist: correct the path");
            }
            if (!Files.isReadable(path)) {
                return stage(
                        "address", false, path + " cannot be read: give VisionOps' user the right");
            }
            return stage("address", true, path.toString());
        }

        private boolean network() {
            stage("address", true, address.host() + " port " + address.port());
            InetAddress resolved;
            try {
                resolved = within(() -> InetAddress.getByName(address.host()));
            } catch (UnknownHostException e) {
                return stage(
                        "name",
                        false,
                        "the host name "
                                + address.host()
                                + " is not known: correct it, or use the camera's IP address");
            } catch (IOException e) {
                return stage("name", false, "the name server does not answer: check the network");
            }
            stage("name", true, resolved.getHostAddress());
            return connect(resolved);
        }

        private boolean connect(InetAddress host) {
            if (source.transport() == Source.Transport.UDP) {
                return true;
            }
            try (Socket socket = new Socket()) {
                long millis = Math.min(left().toMillis(), Integer.MAX_VALUE);
                socket.connect(
                        new InetSocketAddress(host, address.port()), (int) Math.max(1, millis));
                return stage("connect", true, host.getHostAddress() + ":" + address.port());
            } catch (IOException e) {
                return stage(
                        "connect",
                        false,
                        e.getMessage()
                                + ": is the camera on, is the port "
                                + address.port()
                                + " right, is a firewall between?");
            }
        }

        private void stream() {
            Optional<Custody> custody = world.custody().get();
            if (custody.isEmpty()) {
                stage("codec", false, "the part processes is away: try again in a moment");
                return;
            }
            Child child;
            try {
                DecoderCommand command =
                        new DecoderCommand(world.decoder().program(), source, FPS, WIDTH, "info");
                String name = "test-" + trials.incrementAndGet();
                child = custody.get().start(command.spec(name, address, source.transport(), true));
            } catch (DecoderUnavailable | IOException e) {
                stage("codec", false, String.valueOf(e.getMessage()));
                return;
            }
            try {
                watch(child);
            } finally {
                child.end(Duration.ZERO);
            }
        }

        private void watch(Child child) {
            try {
                FrameStream frames = new FrameStream(child.output());
                FrameStream.Size size = within(frames::size);
                login(true, "");
                String found = described(child);
                stage("codec", true, found);
                ByteBuffer memory = ByteBuffer.allocate(size.bytes());
                boolean came = within(() -> frames.next(memory));
                stage(
                        "frame",
                        came,
                        came
                                ? size.width() + "x" + size.height() + " pixels are analysed"
                                : "the stream ended before a whole picture: try again");
            } catch (IOException e) {
                child.end(GRACE);
                failed(diagnosis(child, e));
            }
        }

        private void login(boolean passed, String detail) {
            if (!address.login().isEmpty() || !passed) {
                stage("login", passed, passed ? "the camera accepts the login" : detail);
            }
        }

        private Fault diagnosis(Child child, IOException seen) {
            if (seen instanceof LateException) {
                return new Fault(Cause.TIMEOUT, "nothing came in time");
            }
            try {
                int exit = child.exit().get(EXIT.toMillis(), TimeUnit.MILLISECONDS);
                return Diagnosis.of(exit, child.errorLines(), false);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // What it said so far has to do.
            }
            return Diagnosis.of(0, child.errorLines(), false);
        }

        private void failed(Fault fault) {
            String detail = fault.detail().isEmpty() ? "" : " (" + fault.detail() + ")";
            if (fault.cause() == Cause.UNAUTHORISED) {
                login(
                        false,
                        fault.cause().words() + detail + ": correct user and password in the url");
                return;
            }
            login(true, "");
            stage("codec", false, fault.cause().words() + detail + ": " + remedy(fault.cause()));
        }

        /** An outside call that knows no deadline of its own. */
        private <T> T within(Callable<T> call) throws IOException {
            FutureTask<T> task = new FutureTask<>(call);
            Thread thread = new Thread(task, "visionops-ingest-trial");
            thread.setDaemon(true);
            thread.start();
            try {
                return task.get(left().toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException known) {
                    throw known;
                }
                throw new IOException(String.valueOf(e.getCause()), e);
            } catch (TimeoutException e) {
                throw new LateException();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LateException();
            }
        }
    }

    private static final class LateException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static String described(Child child) {
        for (String line : child.errorLines()) {
            Matcher stream = STREAM.matcher(line);
            if (stream.find()) {
                String rate = stream.group(3) == null ? "" : ", " + stream.group(3) + " fps";
                return stream.group(1) + " " + stream.group(2) + rate;
            }
        }
        return "can be decoded";
    }

    private static String remedy(Cause cause) {
        return switch (cause) {
            case NOT_FOUND -> "correct the path in the url; the camera's manual names it";
            case TIMEOUT ->
                    "the camera accepts connections but sends nothing: restart it, or raise"
                            + " the limit of this test";
            case TLS -> "try rtsp:// or http://, or renew the camera's certificate";
            case CODEC -> "set the camera to H.264 or H.265";
            case REFUSED, UNREACHABLE, NAME_RESOLUTION -> "check address and network";
            default -> "try again; restart the camera if that does not help";
        };
    }
}
