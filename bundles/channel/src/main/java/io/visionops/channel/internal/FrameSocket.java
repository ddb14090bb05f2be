package io.visionops.channel.internal;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/** Frames over one connection. One thread reads; any thread writes, a frame at a time. */
final class FrameSocket implements Closeable {

    private final SocketChannel channel;
    private final ReentrantLock writing = new ReentrantLock();

    FrameSocket(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for the next frame.
     *
     * @throws EOFException when the other side is gone
     * @throws IOException when what comes is no frame
     */
    Frame read() throws IOException {
        ByteBuffer head = fill(ByteBuffer.allocate(5));
        char kind = (char) (head.get() & 0xff);
        int length = head.getInt();
        if (length < 0 || length > Frame.LARGEST) {
            throw new IOException("a frame of " + length + " bytes");
        }
        return new Frame(kind, fill(ByteBuffer.allocate(length)).array());
    }

    private ByteBuffer fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the client is gone");
            }
        }
        return buffer.flip();
    }

    void write(Frame frame) throws IOException {
        writing.lock();
        try {
            send(frame.kind(), frame.bytes(), 0, frame.bytes().length);
        } finally {
            writing.unlock();
        }
    }

    /** Says that this side is alive, unless output is under way, which says so too. */
    void keepAlive() throws IOException {
        if (writing.tryLock()) {
            try {
                send(Frame.ALIVE, new byte[0], 0, 0);
            } finally {
                writing.unlock();
            }
        }
    }

    /** Bytes written to the returned stream go out in frames of this kind. */
    OutputStream stream(char kind) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                for (int done = 0; done < length; done += Frame.LARGEST) {
                    writing.lock();
                    try {
                        send(kind, bytes, offset + done, Math.min(Frame.LARGEST, length - done));
                    } finally {
                        writing.unlock();
                    }
                }
            }
        };
    }

    private void send(char kind, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(5).put((byte) kind).putInt(length).flip();
        ByteBuffer[] parts = {head, ByteBuffer.wrap(bytes, offset, length)};
        while (parts[0].hasRemaining() || parts[1].hasRemaining()) {
            channel.write(parts);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
