package io.visionops.security.internal.audit.chain;

import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends lines to the files of a log, by one program at a time. For one thread at a time. */
final class SegmentWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

    private final LogFolder folder;
    private final boolean synced;
    private final FileChannel lock;
    private final FileChannel head;
    private @Nullable FileChannel segment;
    private long position;

    private SegmentWriter(LogFolder folder, boolean synced, FileChannel lock, FileChannel head) {
        this.folder = folder;
        this.synced = synced;
        this.lock = lock;
        this.head = head;
    }

    /**
     * @throws IOException when somebody else has it open
     */
    static SegmentWriter open(LogFolder folder, boolean synced) throws IOException {
        FileChannel lock = channel(folder.lock(), StandardOpenOption.CREATE);
        try {
            FileLock got = lock.tryLock();
            if (got == null) {
                throw new IOException("another program writes to " + folder.path());
            }
            return new SegmentWriter(
                    folder, synced, lock, channel(folder.head(), StandardOpenOption.CREATE));
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new IOException("this program writes to " + folder.path() + " already", e);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel channel(Path file, StandardOpenOption how) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, how),
                PosixFilePermissions.asFileAttribute(WholeFile.OWNER_ONLY));
    }

    /** Opens the last file, without half a line at its end. */
    void goOn(LogTail tail) throws IOException {
        List<Path> segments = folder.segments();
        if (segments.isEmpty()) {
            return;
        }
        Path last = segments.get(segments.size() - 1);
        FileChannel channel = channel(last, StandardOpenOption.CREATE);
        if (tail.tornSegment().filter(last::equals).isPresent()) {
            channel.truncate(tail.tornAt());
            channel.force(true);
        }
        segment = channel;
        position = channel.size();
    }

    /**
     * @return bytes by which the file is longer than it should be: somebody else has written to it
     */
    long append(long seq, byte[] line) throws IOException {
        FileChannel to = segment(seq);
        long size = to.size();
        long foreign = size - position;
        position = size;
        byte[] bytes = Arrays.copyOf(line, line.length + 1);
        bytes[line.length] = '\n';
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            while (buffer.hasRemaining()) {
                to.write(buffer, position + buffer.position());
            }
            if (synced) {
                to.force(false);
            }
        } catch (IOException e) {
            takeBack(to, e);
            throw e;
        }
        position += bytes.length;
        return foreign;
    }

    /** Half a line on a full disk would part the log. */
    private void takeBack(FileChannel channel, IOException reason) {
        try {
            channel.truncate(position);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private FileChannel segment(long seq) throws IOException {
        FileChannel present = segment;
        if (present != null) {
            return present;
        }
        Path file = folder.segment(seq);
        FileChannel made = channel(file, StandardOpenOption.CREATE);
        if (synced) {
            WholeFile.syncFolderOf(file);
        }
        segment = made;
        position = made.size();
        return made;
    }

    /** After a seal: what follows goes into another file where this one is long enough. */
    void endEpoch(long longest) throws IOException {
        FileChannel present = segment;
        if (present != null && position >= longest) {
            present.close();
            segment = null;
        }
    }

    /** Not synced: see {@link Head}. */
    void head(Head latest) throws IOException {
        latest.write(head);
    }

    @Override
    public void close() {
        for (FileChannel one : Arrays.asList(segment, head, lock)) {
            try {
                if (one != null) {
                    one.close();
                }
            } catch (IOException e) {
                LOG.warn("a file of {} cannot be closed: {}", folder.path(), e.getMessage());
            }
        }
    }

    static void remove(Path file) throws IOException {
        Files.delete(file);
        WholeFile.syncFolderOf(file);
    }
}
