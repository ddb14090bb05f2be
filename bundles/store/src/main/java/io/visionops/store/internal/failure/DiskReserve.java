package io.visionops.store.internal.failure;

import io.visionops.support.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Room on the disk of the database that nobody else can take: a file, which is removed when the
 * disk is full. A full disk lets SQLite neither delete rows nor empty its log, so that without it
 * the database could not help itself. Thread-safe.
 */
public final class DiskReserve implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(DiskReserve.class);

    /** Of its size; what is free beside it, so that it does not itself fill the disk. */
    private static final int FREE_TO_MAKE = 4;

    private final Path file;
    private final LongSupplier size;
    private final LongSupplier free;

    /**
     * @param folder of the database
     * @param size bytes; 0: none is kept
     */
    public DiskReserve(Path folder, LongSupplier size) {
        this(folder, size, () -> folder.toFile().getUsableSpace());
    }

    /**
     * @param free bytes that are free on the disk of the folder
     */
    DiskReserve(Path folder, LongSupplier size, LongSupplier free) {
        this.file = folder.resolve("visionops.db.reserve");
        this.size = size;
        this.free = free;
    }

    /** Makes it where there is room; to be called now and then. */
    @Override
    public synchronized void run() {
        long wanted = size.getAsLong();
        try {
            long present = Files.exists(file) ? Files.size(file) : 0;
            if (present != wanted && present > 0) {
                Files.delete(file);
            }
            if (present != wanted && wanted > 0 && free.getAsLong() >= FREE_TO_MAKE * wanted) {
                WholeFile.write(file, new Noise(wanted));
                LOG.info("{} MB are kept for a full disk: {}", wanted >> 20, file);
            }
        } catch (IOException e) {
            LOG.debug("the reserve is not made now", e);
        }
    }

    public boolean isThere() {
        return size.getAsLong() > 0 && Files.exists(file);
    }

    boolean isWanted() {
        return size.getAsLong() > 0;
    }

    /** Too little is free for the writer to go on as if nothing were. */
    boolean lacksRoom() {
        return free.getAsLong() < enough();
    }

    /** Bytes that must be free for writing to go on. */
    long enough() {
        return 2 * size.getAsLong();
    }

    /**
     * Whether free pages of the file make up for the disk: the log needs room of its own.
     *
     * @param bytes of these
     */
    boolean isReplacedBy(long bytes) {
        return bytes >= enough() && free.getAsLong() >= size.getAsLong() / 2;
    }

    /** Gives its room to the database. */
    synchronized void release() {
        try {
            if (Files.deleteIfExists(file)) {
                LOG.warn("the reserve of {} MB is released", size.getAsLong() >> 20);
            }
        } catch (IOException e) {
            LOG.warn("the reserve {} cannot be released: {}", file, e.toString());
        }
    }

    /** Bytes that no file system makes smaller. */
    private static final class Noise extends InputStream {

        private final SplittableRandom random = new SplittableRandom();
        private long left;

        Noise(long length) {
            left = length;
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            left--;
            return random.nextInt(256);
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            byte[] some = new byte[count];
            random.nextBytes(some);
            System.arraycopy(some, 0, bytes, from, count);
            left -= count;
            return count;
        }
    }
}
