package io.visionops.testkit.rtsp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private final Behaviour behaviour;
    private final ServerSocket listener;
    private final ExecutorService threads;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();

    private HostileCamera(TestVideos videos, int port, Optional<Login> login) throws IOException {
        this.behaviour = new Behaviour(videos, login);
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
                Connection connection =
                        new Connection(behaviour, socket, this::submit, connections::remove);
                connections.add(connection);
                submit(connection);
            }
        } catch (IOException closed) {
            // That is how accepting ends.
        }
    }

    /** From now on, for who is connected too. */
    public void turn(String camera, Mischief mischief) {
        behaviour.turn(camera, mischief);
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
        return behaviour.pictures();
    }

    /** What clients gave as their login, as it was sent. */
    public List<String> given() {
        return behaviour.given();
    }

    /** Connections that are open now. */
    public int open() {
        return connections.size();
    }

    private void submit(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException closing) {
            // Whoever comes now is not served.
        }
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
