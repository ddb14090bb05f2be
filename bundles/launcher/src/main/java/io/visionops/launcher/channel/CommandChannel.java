package io.visionops.launcher.channel;

import io.visionops.launcher.platform.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The client's end of the command channel. A message is one byte for its kind, four for its length,
 * then the bytes; the last one of an answer is its exit status, so that an answer that was cut off
 * is not taken for a whole one. A server that says nothing for {@link #SILENCE}, not even that it
 * is alive, is taken for one that hangs. One call a connection.
 */
public final class CommandChannel implements AutoCloseable {

    /** Six times what the server takes between two signs of life. */
    public static final Duration SILENCE = Duration.ofSeconds(30);

    private static final int LARGEST = 1 << 20;

    private final SocketChannel channel;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Duration silence;
    private final Duration limit;
    private final long end;
    private volatile long heard = System.nanoTime();

    private CommandChannel(SocketChannel channel, Duration silence, Duration limit) {
        this.channel = channel;
        this.silence = silence;
        this.limit = limit;
        end = heard + limit.toNanos();
        long look = Math.max(10, Math.min(silence.toMillis(), limit.toMillis()) / 10);
        Thread deadline = new Thread(() -> closeWhenLate(look), "visionops-deadline");
        deadline.setDaemon(true);
        deadline.start();
    }

    private void closeWhenLate(long lookMillis) {
        try {
            while (!closed.await(lookMillis, TimeUnit.MILLISECONDS)) {
                if (late()) {
                    close();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Connects.
     *
     * @param limit for the whole call
     * @throws IOException when nobody listens
     */
    public static CommandChannel open(Path socket, Duration silence, Duration limit)
            throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            SocketAddresses.use(
                    socket, (UnixDomainSocketAddress address) -> channel.connect(address));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new CommandChannel(channel, silence, limit);
    }

    /** Says what is wanted: the first thing on a connection. */
    public void call(ChannelCall call) throws IOException {
        send('L', call.bytes());
    }

    /**
     * Takes the answer.
     *
     * @return the exit status
     * @throws Failure when the call is refused, the server hangs or the answer is not whole
     * @throws IOException when the answer cannot be passed on
     */
    public int answer(OutputStream out, OutputStream err) throws IOException {
        try {
            while (true) {
                ByteBuffer head = fill(ByteBuffer.allocate(5));
                char kind = (char) (head.get() & 0xff);
                int length = head.getInt();
                if (length < 0 || length > LARGEST) {
                    throw new Failure("the answer is not whole: " + length + " bytes announced");
                }
                byte[] bytes = fill(ByteBuffer.allocate(length)).array();
                switch (kind) {
                    case 'O' -> pass(bytes, out);
                    case 'R' -> pass(bytes, err);
                    case 'X' -> {
                        return status(ByteBuffer.wrap(bytes));
                    }
                    default -> {
                        // A sign of life.
                    }
                }
            }
        } catch (EOFException | ClosedChannelException e) {
            throw new Failure(
                    late()
                            ? "does not answer within " + limit() + " s"
                            : "the answer is not whole: the connection ended");
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** Seconds of the limit that ran out. */
    private long limit() {
        return (System.nanoTime() - end >= 0 ? limit : silence).toSeconds();
    }

    /** A reader of ours that is slow, such as a pager, is no silence of the server. */
    private void pass(byte[] bytes, OutputStream to) throws IOException {
        heard = Long.MAX_VALUE;
        to.write(bytes);
        heard = System.nanoTime();
    }

    private static int status(ByteBuffer bytes) {
        int status = bytes.getInt();
        String refused = StandardCharsets.UTF_8.decode(bytes).toString();
        if (!refused.isEmpty()) {
            throw new Failure(status, refused);
        }
        return status;
    }

    private ByteBuffer fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
            heard = System.nanoTime();
        }
        return buffer.flip();
    }

    /** What is typed. */
    void input(byte[] bytes) throws IOException {
        send('I', bytes);
    }

    void endOfInput() throws IOException {
        send('E', new byte[0]);
    }

    /** Ctrl-C. */
    void interrupt() throws IOException {
        send('C', new byte[0]);
    }

    void resize(int columns, int rows) throws IOException {
        send('W', ByteBuffer.allocate(8).putInt(columns).putInt(rows).array());
    }

    private synchronized void send(char kind, byte[] bytes) throws IOException {
        ByteBuffer frame =
                ByteBuffer.allocate(5 + bytes.length)
                        .put((byte) kind)
                        .putInt(bytes.length)
                        .put(bytes)
                        .flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    private boolean late() {
        long last = heard;
        long now = System.nanoTime();
        return now - end >= 0 || (last != Long.MAX_VALUE && now - last > silence.toNanos());
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            channel.close();
        } catch (IOException e) {
            // Closed all the same.
            return;
        }
    }
}
