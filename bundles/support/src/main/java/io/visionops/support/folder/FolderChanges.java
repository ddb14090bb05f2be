package io.visionops.support.folder;

import io.visionops.api.time.Ticker;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells by the notifications of the system whether something in a folder may have changed, so that
 * who looks at its files again and again need not ask for each of them. Where the system does not
 * notify of every change (a file system of the network, a limit that is used up) the answer is
 * always yes. For one thread at a time; any may close it.
 */
public final class FolderChanges implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderChanges.class);

    /** On others a computer may write of which this one is not told. */
    private static final Set<String> LOCAL =
            Set.of(
                    "bcachefs",
                    "btrfs",
                    "ext2",
                    "ext3",
                    "ext4",
                    "f2fs",
                    "jfs",
                    "overlay",
                    "tmpfs",
                    "xfs",
                    "zfs");

    private final Path folder;
    private final Ticker ticker;
    private final Duration oldest;
    private volatile @Nullable WatchService notifications;
    private @Nullable Object inode;
    private long askedNanos;

    /**
     * @param oldest after so long the answer is yes, whatever the system says
     */
    public FolderChanges(Path folder, Ticker ticker, Duration oldest) {
        this.folder = folder;
        this.ticker = ticker;
        this.oldest = oldest;
        open();
    }

    /** Whether to look at the files: yes at the first time, and after each change. */
    public boolean mayHaveChanged() {
        WatchService present = notifications;
        if (present == null) {
            return true;
        }
        boolean told = isTold(present);
        boolean old = ticker.nanos() - askedNanos >= oldest.toNanos();
        if (old && !Objects.equals(inode, inode())) {
            // Another folder stands in its place.
            close();
            open();
        }
        if (told || old) {
            askedNanos = ticker.nanos();
        }
        return told || old;
    }

    private static boolean isTold(WatchService present) {
        boolean told = false;
        try {
            for (WatchKey key = present.poll(); key != null; key = present.poll()) {
                key.pollEvents();
                key.reset();
                told = true;
            }
        } catch (ClosedWatchServiceException e) {
            return true;
        }
        return told;
    }

    private void open() {
        askedNanos = ticker.nanos() - oldest.toNanos();
        try {
            if (LOCAL.contains(Files.getFileStore(folder).type())) {
                inode = inode();
                notifications = FileSystems.getDefault().newWatchService();
                folder.register(
                        notifications,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_DELETE,
                        StandardWatchEventKinds.ENTRY_MODIFY);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("no notifications of changes in {}", folder, e);
            close();
        }
    }

    private @Nullable Object inode() {
        try {
            return Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() {
        WatchService present = notifications;
        notifications = null;
        if (present != null) {
            try {
                present.close();
            } catch (IOException e) {
                LOG.debug("the notifications of {} do not end", folder, e);
            }
        }
    }
}
