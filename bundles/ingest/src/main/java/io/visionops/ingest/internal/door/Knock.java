package io.visionops.ingest.internal.door;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection on trial, until the first byte of an answer. Never blocks; not thread-safe. */
final class Knock implements Closeable {

    /** What has come of it. */
    enum Outcome {
        PENDING,
        ANSWERED,
        NOTHING
    }

    private final long began;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer greeting;

    private Knock(long began, SocketChannel channel, SelectionKey key, byte[] greeting) {
        this.began = began;
        this.channel = channel;
        this.key = key;
        this.greeting = ByteBuffer.wrap(greeting);
    }

    /**
     * @param attachment what a selected key leads to
     * @throws IOException when it is refused at once, or there are no descriptors
     */
    static Knock begin(
            Selector selector, InetSocketAddress host, byte[] greeting, Object attachment, long now)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            boolean connected = channel.connect(host);
            int interest = connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
            SelectionKey key = channel.register(selector, interest, attachment);
            return new Knock(now, channel, key, greeting);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    long began() {
        return began;
    }

    /** Goes on as far as it can. */
    Outcome progress() {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_WRITE);
            }
            if (channel.isConnected() && greeting.hasRemaining()) {
                channel.write(greeting);
            }
            if (channel.isConnected() && !greeting.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ);
                return greeting.limit() == 0 ? Outcome.ANSWERED : answer();
            }
            return Outcome.PENDING;
        } catch (IOException refused) {
            return Outcome.NOTHING;
        }
    }

    private Outcome answer() throws IOException {
        int read = channel.read(ByteBuffer.allocate(1));
        if (read == 0) {
            return Outcome.PENDING;
        }
        return read > 0 ? Outcome.ANSWERED : Outcome.NOTHING;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }
}
