package io.visionops.store.internal.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One data folder, one writer. The lock ends with the process, however it ends.
 *
 * <p>Locks of POSIX belong to the process: closing any channel of the file lets go of them, that of
 * a second store that was refused too. So the file is opened by one store of a process alone; which
 * one, a system property says, since a store that is being replaced has another class loader.
 */
public final class FolderLock implements AutoCloseable {

    private static final String PROPERTY = "io.visionops.store.lock:";
    private static final String HELD = "another VisionOps is running on this data folder";

    private final FileChannel channel;
    private final String holder;

    private FolderLock(FileChannel channel, String holder) {
        this.channel = channel;
        this.holder = holder;
    }

    /**
     * Takes the lock of a folder.
     *
     * @throws RefusedException when another process, or another store of this one, holds it
     */
    public static FolderLock take(Path folder) throws IOException, RefusedException {
        String holder = PROPERTY + folder.toRealPath();
        if (System.getProperties().putIfAbsent(holder, "held") != null) {
            throw new RefusedException(HELD);
        }
        boolean taken = false;
        try {
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve("visionops.db.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            taken = lock(channel);
            if (!taken) {
                channel.close();
                throw new RefusedException(HELD);
            }
            return new FolderLock(channel, holder);
        } finally {
            if (!taken) {
                System.clearProperty(holder);
            }
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException held) {
            return false;
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            System.clearProperty(holder);
        }
    }
}
