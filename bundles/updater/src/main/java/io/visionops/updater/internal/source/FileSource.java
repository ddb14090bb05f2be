package io.visionops.updater.internal.source;

import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A repository in a folder, such as that of a stick or of a network drive. */
public final class FileSource implements Source {

    private static final int BLOCK = 256 * 1024;

    private final Path repository;

    public FileSource(Path repository) {
        this.repository = repository;
    }

    @Override
    public byte[] metadata(String name, int most) throws RepositoryException {
        Path file = repository.resolve(name);
        requireFile(file, name);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] read = in.readNBytes(most + 1);
            if (read.length > most) {
                throw new RepositoryException(
                        Reason.TOO_LARGE, name + " is larger than " + most + " bytes");
            }
            return read;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public void file(ReleaseFile file, Path target, Progress progress) throws RepositoryException {
        PartFile.receive(file, target, progress, part -> copy(file, part));
    }

    private void copy(ReleaseFile file, PartFile part) throws RepositoryException {
        Path from = repository.resolve("targets").resolve(file.sha256());
        requireFile(from, "targets/" + file.sha256());
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ)) {
            in.position(part.length());
            while (in.read(block) >= 0) {
                if (Thread.interrupted()) {
                    Thread.currentThread().interrupt();
                    throw new RepositoryException(Reason.CANCELLED, "stopped");
                }
                part.append(block.flip());
                block.clear();
            }
        } catch (IOException e) {
            throw unreadable(from, e);
        }
    }

    /** A pipe or a device would not end, or not begin. */
    private void requireFile(Path file, String name) throws RepositoryException {
        if (!Files.isDirectory(repository)) {
            throw new RepositoryException(
                    Reason.UNREACHABLE, repository + " is not there: is it mounted?");
        }
        if (!Files.exists(file)) {
            throw new RepositoryException(Reason.MISSING, repository + " has no " + name);
        }
        if (!Files.isRegularFile(file)) {
            throw new RepositoryException(Reason.UNREACHABLE, file + " is no file");
        }
    }

    private static RepositoryException unreadable(Path file, IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return new RepositoryException(Reason.CANCELLED, "stopped", e);
        }
        return e instanceof NoSuchFileException
                ? new RepositoryException(Reason.MISSING, file + " is not there", e)
                : new RepositoryException(Reason.UNREACHABLE, file + " cannot be read: " + e, e);
    }
}
