package io.visionops.processes.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The standard output of a child for its whole life, whoever holds it. Nothing gets lost between
 * two holders: bytes that arrive in a read of somebody who no longer holds the child go to the next
 * one. Thread-safe.
 */
final class ChildOutput {

    /**
     * What a pipe holds. The JDK allocates and frees native memory of the asked length at every
     * read, though no more than this can arrive.
     */
    private static final int CHUNK = 64 * 1024;

    private final InputStream pipe;

    /** One reader at a time. Not a monitor, so that who waits can be interrupted. */
    private final ReentrantLock reading = new ReentrantLock();

    /** Read by a former holder. Guarded by "reading". */
    private byte[] handedBack = {};

    private final AtomicLong position = new AtomicLong();

    ChildOutput(InputStream pipe) {
        this.pipe = pipe;
    }

    /** Bytes that holders got so far. */
    long position() {
        return position.get();
    }

    /** The stream of one holder. */
    InputStream of(BooleanSupplier held) {
        return new HeldOutput(held);
    }

    private int read(byte[] into, int offset, int length, BooleanSupplier held) throws IOException {
        lock();
        try {
            requireHeld(held);
            int read =
                    handedBack.length > 0
                            ? again(into, offset, length)
                            : wait(into, offset, length, held);
            position.addAndGet(Math.max(read, 0));
            return read;
        } finally {
            reading.unlock();
        }
    }

    private int again(byte[] into, int offset, int length) {
        int count = Math.min(length, handedBack.length);
        System.arraycopy(handedBack, 0, into, offset, count);
        handedBack = Arrays.copyOfRange(handedBack, count, handedBack.length);
        return count;
    }

    private int wait(byte[] into, int offset, int length, BooleanSupplier held) throws IOException {
        int read = pipe.read(into, offset, Math.min(length, CHUNK));
        // The child may have got another holder while this read was waiting.
        if (!held.getAsBoolean() && read > 0) {
            handedBack = Arrays.copyOfRange(into, offset, offset + read);
        }
        requireHeld(held);
        return read;
    }

    private int available(BooleanSupplier held) throws IOException {
        lock();
        try {
            requireHeld(held);
            return handedBack.length + pipe.available();
        } finally {
            reading.unlock();
        }
    }

    private void lock() throws IOException {
        try {
            reading.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException)
                    new InterruptedIOException("interrupted before the read").initCause(e);
        }
    }

    private static void requireHeld(BooleanSupplier held) throws IOException {
        if (!held.getAsBoolean()) {
            throw new IOException("the child was detached, its output belongs to the next holder");
        }
    }

    private final class HeldOutput extends InputStream {

        private final BooleanSupplier held;

        private HeldOutput(BooleanSupplier held) {
            this.held = held;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return length == 0 ? 0 : ChildOutput.this.read(into, offset, length, held);
        }

        @Override
        public int available() throws IOException {
            return ChildOutput.this.available(held);
        }

        /** Does nothing: the pipe belongs to the child, and the next holder reads on. */
        @Override
        public void close() {}
    }
}
