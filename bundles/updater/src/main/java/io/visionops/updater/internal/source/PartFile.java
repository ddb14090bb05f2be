package io.visionops.updater.internal.source;

import io.visionops.support.Sha256;
import io.visionops.support.WholeFile;
import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import io.visionops.updater.internal.source.Source.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * A file while it comes. Each byte is hashed as it is written, by way of one open file in a folder
 * of ours: the bytes that were verified are those that have its name in the end. Not thread-safe.
 */
final class PartFile implements AutoCloseable {

    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final ReleaseFile file;
    private final Path target;
    private final Path part;
    private final Progress progress;
    private final FileChannel channel;
    private MessageDigest digest = Sha256.digest();
    private long length;

    private PartFile(
            ReleaseFile file, Path target, Path part, Progress progress, FileChannel channel) {
        this.file = file;
        this.target = target;
        this.part = part;
        this.progress = progress;
        this.channel = channel;
    }

    /** Gives the bytes that are missing. */
    interface Filler {
        void fill(PartFile part) throws RepositoryException;
    }

    /**
     * Fills it and gives it its name. What has come before and turns out not to be of this file is
     * thrown away, and all of it is asked for once more.
     */
    static void receive(ReleaseFile file, Path target, Progress progress, Filler filler)
            throws RepositoryException {
        if (!receiveOnce(file, target, progress, filler)) {
            receiveOnce(file, target, progress, filler);
        }
    }

    private static boolean receiveOnce(
            ReleaseFile file, Path target, Progress progress, Filler filler)
            throws RepositoryException {
        try (PartFile part = open(file, target, progress)) {
            boolean resumed = part.length() > 0;
            try {
                filler.fill(part);
                part.finish();
                return true;
            } catch (RepositoryException e) {
                if (!resumed || e.reason() != Reason.DAMAGED) {
                    throw e;
                }
                part.restart();
                return false;
            }
        }
    }

    /** With what has come before, if there is something. */
    private static PartFile open(ReleaseFile file, Path target, Progress progress)
            throws RepositoryException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            requirePrivate(target);
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new RepositoryException(Reason.LOCAL, target + " is there already");
            }
            boolean begun =
                    Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)
                            && Files.size(part) <= file.length();
            if (!begun) {
                Files.deleteIfExists(part);
            }
            FileChannel channel = begun ? reopen(part) : create(part);
            PartFile opened = new PartFile(file, target, part, progress, channel);
            opened.hashWhatIsThere();
            return opened;
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /** How many bytes are there. */
    long length() {
        return length;
    }

    long missing() {
        return file.length() - length;
    }

    /** Appends; more than the file is long is refused before it is written. */
    void append(ByteBuffer bytes) throws RepositoryException {
        if (bytes.remaining() > missing()) {
            throw new RepositoryException(
                    Reason.TOO_LARGE,
                    target.getFileName()
                            + " is longer than the "
                            + file.length()
                            + " bytes signed");
        }
        try {
            digest.update(bytes.duplicate());
            while (bytes.hasRemaining()) {
                length += channel.write(bytes);
            }
        } catch (IOException e) {
            throw failed(target, e);
        }
        progress.at(length, file.length());
    }

    /** From the first byte again. */
    void restart() throws RepositoryException {
        try {
            channel.truncate(0);
        } catch (IOException e) {
            throw failed(target, e);
        }
        digest = Sha256.digest();
        length = 0;
    }

    /** Gives it its name, if it is what is signed. If not, nothing of it is kept. */
    void finish() throws RepositoryException {
        boolean whole = length == file.length();
        boolean same = HexFormat.of().formatHex(digest.digest()).equals(file.sha256());
        try {
            channel.force(true);
            if (!whole || !same) {
                Files.deleteIfExists(part);
                throw new RepositoryException(
                        Reason.DAMAGED,
                        target.getFileName()
                                + (whole ? " is not the file that is signed" : " is cut off"));
            }
            WholeFile.put(part, target);
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /** What has come stays for the next time; a file of nothing does not. */
    @Override
    public void close() throws RepositoryException {
        try {
            if (length > 0 && missing() > 0) {
                channel.force(true);
            }
            channel.close();
            if (length == 0) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    private void hashWhatIsThere() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (channel.read(buffer) >= 0) {
                buffer.flip();
                length += buffer.remaining();
                digest.update(buffer);
                buffer.clear();
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel create(Path part) throws IOException {
        return FileChannel.open(
                part,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(WholeFile.OWNER_ONLY));
    }

    private static FileChannel reopen(Path part) throws IOException {
        return FileChannel.open(
                part, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /** In a folder of others a file could be put in the place of the one that was verified. */
    private static void requirePrivate(Path target) throws IOException, RepositoryException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(String.valueOf(folder));
        }
        if (Files.getPosixFilePermissions(folder).stream().anyMatch(OTHERS_WRITE::contains)) {
            throw new RepositoryException(
                    Reason.LOCAL, "others may write in " + folder + ": it has to be private");
        }
    }

    private static RepositoryException failed(Path target, IOException e) {
        return e instanceof ClosedByInterruptException
                ? new RepositoryException(Reason.CANCELLED, "stopped", e)
                : new RepositoryException(Reason.LOCAL, target + " cannot be written: " + e, e);
    }
}
