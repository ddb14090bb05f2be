package io.visionops.channel.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** What the client types, as a stream. One thread puts, one reads. */
final class InputFrames extends InputStream {

    private static final byte[] END = new byte[0];

    /** When it is full the client waits, as with any pipe. */
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(64);

    private byte[] now = END;
    private int next;
    private boolean ended;

    void put(byte[] bytes) throws InterruptedException {
        if (bytes.length > 0) {
            waiting.put(bytes);
        }
    }

    /** There is no more; what waits unread is dropped only when there is no room to say so. */
    void end() {
        if (!waiting.offer(END)) {
            waiting.clear();
            waiting.add(END);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (next == now.length && !ended) {
            try {
                now = waiting.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted").initCause(e);
            }
            next = 0;
            ended = now.length == 0;
        }
        if (ended) {
            return -1;
        }
        int count = Math.min(length, now.length - next);
        System.arraycopy(now, next, bytes, offset, count);
        next += count;
        return count;
    }

    @Override
    public int available() {
        return now.length - next;
    }
}
