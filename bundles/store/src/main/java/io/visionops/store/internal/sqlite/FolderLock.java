package io.visionops.store.internal.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One data folder, one writer. The lock ends with the process, however it ends. */
public final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a folder.
     *
     * @throws RefusedException when another process, or another store of this one, holds it
     */
    public static FolderLock take(Path folder) throws IOException, RefusedException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("visionops.db.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException held) {
            // Reported below.
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            throw new RefusedException("another VisionOps is running on this data folder");
        }
        return new FolderLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
