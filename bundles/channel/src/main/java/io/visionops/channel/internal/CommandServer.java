package io.visionops.channel.internal;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the socket and gives each client a thread. Thread-safe. */
final class CommandServer implements AutoCloseable {

    /** Commands at the same time; one more is refused. */
    static final int MOST = 32;

    private static final Logger LOG = LoggerFactory.getLogger(CommandServer.class);

    /** A client takes a system that says nothing for three times as long for one that hangs. */
    private static final Duration ALIVE = Duration.ofSeconds(5);

    private static final Duration SWAP = Duration.ofSeconds(10);

    private final Path socket;
    private final SessionFactory sessions;
    private final Callers callers;
    private final AwaitedCommands awaited = new AwaitedCommands(SWAP);
    private final ServerSocketChannel server;

    /** Clients, and whether they were there at the last round. */
    private final Map<Connection, Boolean> clients = new ConcurrentHashMap<>();

    private final AtomicInteger number = new AtomicInteger();
    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService rounds;
    private final Thread accepting;

    /**
     * Opens the socket, in the place of one that a killed process has left.
     *
     * @param socket its path; relative to the working folder where it would be too long for a
     *     socket otherwise
     * @throws IOException when it cannot be opened
     */
    CommandServer(Path socket, SessionFactory sessions) throws IOException {
        this.socket = socket;
        this.sessions = sessions;
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        callers = new Callers(socket);
        workers =
                new ThreadPoolExecutor(
                        0,
                        MOST,
                        10,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        task -> new Thread(task, "visionops-channel-" + number.incrementAndGet()));
        rounds =
                Executors.newSingleThreadScheduledExecutor(
                        task -> new Thread(task, "visionops-channel-alive"));
        rounds.scheduleWithFixedDelay(
                this::keepAlive, ALIVE.toMillis(), ALIVE.toMillis(), TimeUnit.MILLISECONDS);
        accepting = new Thread(this::accept, "visionops-channel-accept");
        accepting.start();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                serve(server.accept());
            } catch (IOException e) {
                if (server.isOpen()) {
                    LOG.warn("the command channel does not take a call: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    /** Without descriptors each call fails at once. */
    private void pause() {
        try {
            rounds.schedule(() -> {}, 200, TimeUnit.MILLISECONDS).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | RejectedExecutionException e) {
            LOG.debug("the command channel is closing", e);
        }
    }

    private void serve(SocketChannel client) throws IOException {
        Connection connection = new Connection(client, sessions, callers, awaited);
        clients.put(connection, false);
        try {
            workers.execute(
                    () -> {
                        try {
                            connection.run();
                        } finally {
                            clients.remove(connection);
                        }
                    });
        } catch (RejectedExecutionException e) {
            clients.remove(connection);
            new FrameSocket(client)
                    .write(
                            Frame.exit(
                                    1, MOST + " commands are running, which is all there may be"));
            client.close();
        }
    }

    private void keepAlive() {
        try {
            clients.forEach(
                    (connection, late) -> {
                        connection.keepAlive(late);
                        clients.replace(connection, true);
                    });
        } catch (RuntimeException | Error e) {
            LOG.error("the command channel cannot tell that it is alive", e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.warn("the command channel cannot be closed: {}", e.getMessage());
        }
        rounds.shutdownNow();
        workers.shutdownNow();
        clients.keySet().forEach(Connection::close);
        try {
            accepting.join(2_000);
            if (!workers.awaitTermination(3, TimeUnit.SECONDS)) {
                LOG.warn("a command goes on after the command channel was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
