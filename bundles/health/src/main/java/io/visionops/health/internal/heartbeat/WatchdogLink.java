package io.visionops.health.internal.heartbeat;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the watchdog: lines, each of which it answers. Made anew when it is lost. For
 * one thread at a time.
 */
final class WatchdogLink implements Closeable {

    private final UnixDomainSocketAddress address;
    private final Duration limit;
    private @Nullable SocketChannel channel;
    private @Nullable Selector selector;

    /**
     * @param limit for an answer
     */
    WatchdogLink(UnixDomainSocketAddress address, Duration limit) {
        this.address = address;
        this.limit = limit;
    }

    /**
     * Sends a line and waits for its answer.
     *
     * @throws IOException when there is no watchdog, or it does not answer in time
     */
    void tell(String line) throws IOException {
        try {
            exchange(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void exchange(ByteBuffer bytes) throws IOException {
        SocketChannel open = channel == null ? connect() : channel;
        Selector ready = selector;
        long end = System.nanoTime() + limit.toNanos();
        ByteBuffer answer = ByteBuffer.allocate(16);
        while (answer.position() == 0 || answer.get(answer.position() - 1) != '\n') {
            if (bytes.hasRemaining()) {
                open.write(bytes);
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0 || ready == null) {
                throw new IOException("no answer within " + limit.toSeconds() + " s");
            }
            ready.select(left);
            ready.selectedKeys().clear();
            if (open.read(answer) < 0 || !answer.hasRemaining()) {
                throw new EOFException("the watchdog has hung up");
            }
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel fresh = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel = fresh;
        fresh.connect(address);
        fresh.configureBlocking(false);
        Selector ready = Selector.open();
        selector = ready;
        fresh.register(ready, SelectionKey.OP_READ);
        return fresh;
    }

    @Override
    public void close() throws IOException {
        try (SocketChannel one = channel;
                Selector other = selector) {
            channel = null;
            selector = null;
        }
    }
}
