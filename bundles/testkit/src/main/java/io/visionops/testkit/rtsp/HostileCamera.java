package io.visionops.testkit.rtsp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * RTSP (over TCP) and Motion JPEG (over HTTP) on one port of the loopback interface, for any number
 * of cameras by path. A path that is the name of a {@link Mischief} does just that, any other
 * streams well; {@link #turn} changes a camera while it runs. Thread-safe.
 */
public final class HostileCamera implements AutoCloseable {

    private static final int BACKLOG = 64;

    private final TestVideos videos;
    private final Optional<Login> login;
    private final ServerSocket listener;
    private final ExecutorService threads;
    private final Map<String, Mischief> turned = new ConcurrentHashMap<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong pictures = new AtomicLong();
    private final Queue<String> given = new ConcurrentLinkedQueue<>();

    private HostileCamera(TestVideos videos, int port, Optional<Login> login) throws IOException {
        this.videos = videos;
        this.login = login;
        this.listener = new ServerSocket();
        // A camera that was switched off and on again has the port it had.
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        AtomicLong count = new AtomicLong();
        this.threads =
                Executors.newCachedThreadPool(
                        task -> {
                            String name = "visionops-testkit-camera-" + count.incrementAndGet();
                            Thread thread = new Thread(task, name);
                            thread.setDaemon(true);
                            return thread;
                        });
        threads.execute(this::accept);
    }

    /**
     * A camera on a free port, without login.
     *
     * @throws IOException when there is none
     */
    public static HostileCamera start(TestVideos videos) throws IOException {
        return new HostileCamera(videos, 0, Optional.empty());
    }

    /**
     * @param port 0 for any free one
     * @throws IOException when the port is taken
     */
    public static HostileCamera start(TestVideos videos, int port, Optional<Login> login)
            throws IOException {
        return new HostileCamera(videos, port, login);
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                accepted.incrementAndGet();
                Connection connection = new Connection(this, socket);
                connections.add(connection);
                submit(connection);
            }
        } catch (IOException closed) {
            // That is how accepting ends.
        }
    }

    /** From now on, for who is connected too. */
    public void turn(String camera, Mischief mischief) {
        turned.put(camera, mischief);
    }

    /** Closes a camera's connections; the port stays open. */
    public void drop(String camera) {
        connections.stream().filter(one -> one.isOf(camera)).forEach(Connection::close);
    }

    private void dropAll() {
        connections.forEach(Connection::close);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String url(String camera) {
        return "rtsp://127.0.0.1:" + port() + "/" + camera;
    }

    /**
     * @param given {@code user:password}
     */
    public String url(String given, String camera) {
        return "rtsp://" + given + "@127.0.0.1:" + port() + "/" + camera;
    }

    /** Motion JPEG. */
    public String httpUrl(String camera) {
        return "http://127.0.0.1:" + port() + "/" + camera;
    }

    /** Connections since the start. */
    public long accepted() {
        return accepted.get();
    }

    /** Pictures that were sent since the start, to all clients. */
    public long pictures() {
        return pictures.get();
    }

    /** What clients gave as their login, as it was sent. */
    public List<String> given() {
        return List.copyOf(given);
    }

    /** Connections that are open now. */
    public int open() {
        return connections.size();
    }

    Mischief mischief(String camera) {
        return turned.getOrDefault(camera, Mischief.ofPath(camera));
    }

    TestVideos videos() {
        return videos;
    }

    Video video(Mischief mischief) {
        return switch (mischief) {
            case NEW_RESOLUTION -> videos.other();
            case NEW_CODEC -> videos.mpeg4();
            default -> videos.usual();
        };
    }

    boolean accepts(Request request) {
        String login = request.header("authorization");
        if (!login.isEmpty()) {
            given.add(login);
        }
        return this.login.isEmpty() || this.login.get().accepts(request);
    }

    String challenge() {
        return login.map(Login::challenge).orElse("");
    }

    void sent() {
        pictures.incrementAndGet();
    }

    void submit(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException closing) {
            // Whoever comes now is not served.
        }
    }

    void forget(Connection connection) {
        connections.remove(connection);
    }

    /** As if its plug were pulled: everything is closed, the port refuses. */
    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdown();
        dropAll();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                throw new IOException("a thread of the camera does not end");
            }
            // One that was accepted just then has no thread.
            dropAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
