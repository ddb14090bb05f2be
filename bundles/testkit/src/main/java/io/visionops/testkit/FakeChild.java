package io.visionops.testkit;

import io.visionops.api.child.Child;
import io.visionops.api.child.ChildSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One child of {@link FakeChildren}. Thread-safe. */
public final class FakeChild implements Child {

    /** What a shell says of a program that TERM has ended. */
    private static final int TERMINATED = 143;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChildSpec spec;
    private final FakeProcess process;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Output output = new Output();
    private final List<String> errors = new ArrayList<>();

    /** Guarded by "this", as all below. */
    private boolean held = true;

    private boolean stubborn;
    private int asked;

    FakeChild(ChildSpec spec, FakeProcess process) {
        this.spec = spec;
        this.process = process;
    }

    /** Bytes that wait to be read, by the present holder alone. */
    private static final class Output {

        /** Guarded by "this", as all below. */
        private byte[] bytes = new byte[0];

        private int next;
        private long position;
        private boolean ended;
        private boolean waiting;
        private int holder;

        synchronized void write(byte[] more) {
            byte[] all = new byte[bytes.length - next + more.length];
            System.arraycopy(bytes, next, all, 0, bytes.length - next);
            System.arraycopy(more, 0, all, bytes.length - next, more.length);
            bytes = all;
            next = 0;
            notifyAll();
        }

        synchronized void end() {
            ended = true;
            notifyAll();
        }

        /** Whoever reads now reads no more. */
        synchronized void letGo() {
            holder++;
            waiting = false;
            notifyAll();
        }

        synchronized long position() {
            return position;
        }

        synchronized InputStream open() {
            int mine = holder;
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    return Output.this.read(mine, into, offset, length);
                }
            };
        }

        private synchronized int read(int reader, byte[] into, int offset, int length)
                throws IOException {
            try {
                while (reader == holder && next == bytes.length && !ended) {
                    waiting = true;
                    notifyAll();
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            } finally {
                if (reader == holder) {
                    waiting = false;
                }
            }
            if (reader != holder || next == bytes.length) {
                return -1;
            }
            int read = Math.min(length, bytes.length - next);
            System.arraycopy(bytes, next, into, offset, read);
            next += read;
            position += read;
            return read;
        }

        synchronized void awaitReader() throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!waiting || next < bytes.length) {
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    throw new AssertionError("nobody waits for what this child prints");
                }
                wait(left);
            }
        }
    }

    /** Prints. */
    public void prints(byte[] bytes) {
        output.write(bytes);
    }

    /** Says a line on its standard error. */
    public synchronized void says(String line) {
        errors.add(line);
    }

    /** Ends by itself. */
    public void exits(int status) {
        output.end();
        exit.complete(status);
    }

    /** From now on it does not end when it is asked to. */
    public synchronized void isStubborn() {
        stubborn = true;
    }

    /** Waits until all that it printed was read and somebody waits for more. */
    public void awaitReader() throws InterruptedException {
        output.awaitReader();
    }

    /** How often somebody wanted it to end. */
    public synchronized int asked() {
        return asked;
    }

    public synchronized boolean isHeld() {
        return held;
    }

    synchronized boolean claim() {
        boolean free = !held;
        held = true;
        return free;
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public ProcessHandle process() {
        return process;
    }

    @Override
    public ChildSpec spec() {
        return spec;
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone();
    }

    @Override
    public InputStream output() {
        return output.open();
    }

    @Override
    public long position() {
        return output.position();
    }

    @Override
    public synchronized List<String> errorLines() {
        return List.copyOf(errors);
    }

    @Override
    public Optional<String> progress() {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    @Override
    public void detach() {
        synchronized (this) {
            held = false;
        }
        output.letGo();
    }

    @Override
    public void end(Duration grace) {
        boolean ends;
        synchronized (this) {
            asked++;
            ends = !stubborn;
        }
        if (ends) {
            exits(TERMINATED);
        }
    }
}
