package io.visionops.launcher.watchdog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Takes heartbeats on a Unix domain socket, a line each, and answers each with {@code ok}: the
 * sender so knows that its watchdog lives. The newest connection is the one that counts.
 */
public final class HeartbeatServer implements AutoCloseable {

    private static final int LONGEST = 4096;
    private static final ByteBuffer OK =
            ByteBuffer.wrap("ok\n".getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();

    private final ServerSocketChannel socket;
    private final Listener listener;
    private volatile Optional<SocketChannel> connected = Optional.empty();

    /** Who is told. */
    public interface Listener {

        void beat(Heartbeat beat);

        /** There will be none for so many seconds. */
        void pause(int seconds);

        /** It wants to be started again. */
        void restart(String reason);

        /** It wants to be started again with the fewest parts, for a while. */
        void safeMode(String reason);
    }

    private HeartbeatServer(ServerSocketChannel socket, Listener listener) {
        this.socket = socket;
        this.listener = listener;
    }

    /**
     * Listens from now on, in threads of its own.
     *
     * @param address of a socket that is not there
     */
    public static HeartbeatServer listen(UnixDomainSocketAddress address, Listener listener)
            throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(address);
        HeartbeatServer server = new HeartbeatServer(socket, listener);
        thread("visionops-heartbeats", server::accept);
        return server;
    }

    private static void thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (socket.isOpen()) {
            try {
                SocketChannel channel = socket.accept();
                hangUp();
                connected = Optional.of(channel);
                thread("visionops-heartbeat", () -> read(channel));
            } catch (ClosedChannelException end) {
                return;
            } catch (IOException again) {
                // Such as no descriptor left; whoever waits at the socket has not gone.
                continue;
            }
        }
    }

    private void read(SocketChannel channel) {
        try (channel;
                BufferedReader lines =
                        new BufferedReader(
                                Channels.newReader(channel, StandardCharsets.UTF_8), LONGEST)) {
            for (String line = line(lines); !line.isEmpty(); line = line(lines)) {
                take(line);
                channel.write(OK.duplicate());
            }
        } catch (IOException | UncheckedIOException gone) {
            // The judge counts the time from the last one.
            return;
        }
    }

    /** One line; empty at the end, and for one that is too long to be meant. */
    private static String line(BufferedReader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = lines.read(); c >= 0 && line.length() < LONGEST; c = lines.read()) {
            if (c == '\n') {
                return line.toString();
            }
            line.append((char) c);
        }
        return "";
    }

    private void take(String line) {
        if (line.startsWith("restart ")) {
            listener.restart(line.substring("restart ".length()).strip());
        } else if (line.startsWith("safe-mode ")) {
            listener.safeMode(line.substring("safe-mode ".length()).strip());
        } else if (line.matches("pause [0-9]{1,3}")) {
            listener.pause(Integer.parseInt(line.substring("pause ".length())));
        } else {
            Heartbeat.parse(line).ifPresent(listener::beat);
        }
    }

    /** Ends the connection with whoever told so far. */
    public void hangUp() {
        connected.ifPresent(
                channel -> {
                    try {
                        channel.close();
                    } catch (IOException closed) {
                        // Then it is.
                        return;
                    }
                });
        connected = Optional.empty();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        hangUp();
    }
}
