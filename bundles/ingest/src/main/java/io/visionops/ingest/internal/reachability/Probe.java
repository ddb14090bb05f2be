package io.visionops.ingest.internal.reachability;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One connection on trial, until there is an answer. Never blocks; not thread-safe. */
final class Probe implements Closeable {

    private static final int LONGEST_REPLY = 16_384;

    /** What has come of it. */
    enum Outcome {
        PENDING,
        ANSWERED,
        NOTHING
    }

    private final long began;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ProbeRequest greeting;
    private final ByteBuffer question;

    /** What has come so far; a longer answer to so short a question is none. */
    private final ByteBuffer reply = ByteBuffer.allocate(LONGEST_REPLY);

    private Probe(long began, SocketChannel channel, SelectionKey key, ProbeRequest greeting) {
        this.began = began;
        this.channel = channel;
        this.key = key;
        this.greeting = greeting;
        this.question = ByteBuffer.wrap(greeting.bytes());
    }

    /**
     * @param attachment what a selected key leads to
     * @throws IOException when it is refused at once, or there are no descriptors
     */
    static Probe begin(
            Selector selector,
            InetSocketAddress host,
            ProbeRequest greeting,
            Object attachment,
            long now)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            boolean connected = channel.connect(host);
            int interest = connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
            SelectionKey key = channel.register(selector, interest, attachment);
            return new Probe(now, channel, key, greeting);
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
            if (channel.isConnected() && question.hasRemaining()) {
                channel.write(question);
            }
            if (channel.isConnected() && !question.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ);
                return question.limit() == 0 ? Outcome.ANSWERED : answer();
            }
            return Outcome.PENDING;
        } catch (IOException refused) {
            return Outcome.NOTHING;
        }
    }

    private Outcome answer() throws IOException {
        int read = channel.read(reply);
        String text = new String(reply.array(), 0, reply.position(), StandardCharsets.ISO_8859_1);
        if (greeting.isAnsweredBy(text)) {
            return Outcome.ANSWERED;
        }
        return read < 0 || !reply.hasRemaining() ? Outcome.NOTHING : Outcome.PENDING;
    }

    /** Whether something came that is no answer. */
    boolean isBabble() {
        return reply.position() > 0;
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
