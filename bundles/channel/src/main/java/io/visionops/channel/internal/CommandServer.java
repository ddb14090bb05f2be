package io.visionops.channel.internal;

import io.visionops.support.fault.MachineErrors;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService rounds;
    private final Thread accepting;
    private final CountDownLatch closing = new CountDownLatch(1);

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
        workers = DaemonThreads.pool("visionops-channel", MOST, 0, Duration.ofSeconds(10));
        rounds = DaemonThreads.scheduler("visionops-channel-alive");
        RepeatedTask.schedule(
                rounds, "telling callers of the command channel", ALIVE, ALIVE, this::keepAlive);
        accepting = DaemonThreads.create("visionops-channel-accept", this::accept);
        accepting.start();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                serve(server.accept());
            } catch (IOException | RuntimeException | Error e) {
                MachineErrors.endIf(e);
                // Whatever it was: without this thread nobody could give a command any more.
                if (server.isOpen()) {
                    LOG.warn("the command channel does not take a call: {}", e.toString(), e);
                    pause();
                }
            }
        }
    }

    /** Without descriptors each call fails at once. */
    private void pause() {
        try {
            if (closing.await(200, TimeUnit.MILLISECONDS)) {
                LOG.debug("the command channel is closing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        clients.forEach(
                (connection, late) -> {
                    connection.keepAlive(late);
                    clients.replace(connection, true);
                });
    }

    @Override
    public void close() {
        closing.countDown();
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
