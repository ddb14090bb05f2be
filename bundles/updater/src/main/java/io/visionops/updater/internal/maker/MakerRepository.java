package io.visionops.updater.internal.maker;

import io.visionops.support.Sha256;
import io.visionops.support.WholeFile;
import io.visionops.updater.internal.metadata.Pointer;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.Role;
import io.visionops.updater.internal.metadata.RootMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folder that is published. What stands in it is verified before something is built on it. */
final class MakerRepository {

    private final Path folder;

    MakerRepository(Path folder) {
        this.folder = folder;
    }

    /** What is published now. */
    record Published(Pointer timestamp, Pointer snapshot, Release release) {}

    /**
     * Empty when nothing is.
     *
     * @param chain of all roots; after a rotation some of it is signed by keys of earlier ones
     */
    Optional<Published> published(List<RootMetadata> chain) throws ToolException {
        if (!Files.exists(folder.resolve(Role.TIMESTAMP.fileName(0)))) {
            return Optional.empty();
        }
        Pointer timestamp =
                newest(
                        chain,
                        root ->
                                Pointer.readTimestamp(
                                        bytes(Role.TIMESTAMP, 0), root.keys(Role.TIMESTAMP)));
        Pointer snapshot =
                newest(
                        chain,
                        root ->
                                Pointer.readSnapshot(
                                        bytes(Role.SNAPSHOT, timestamp.next().version()),
                                        timestamp.next(),
                                        root.keys(Role.SNAPSHOT)));
        Release release =
                newest(
                        chain,
                        root ->
                                Release.read(
                                        bytes(Role.TARGETS, snapshot.next().version()),
                                        snapshot.next(),
                                        root.keys(Role.TARGETS),
                                        Long.MAX_VALUE));
        return Optional.of(new Published(timestamp, snapshot, release));
    }

    void write(Role role, long version, byte[] bytes) throws ToolException {
        Path file = folder.resolve(role.fileName(version));
        try {
            Files.createDirectories(folder);
            WholeFile.write(file, bytes, true);
        } catch (IOException e) {
            throw new ToolException(file + " cannot be written: " + e, e);
        }
    }

    /** All roots: a computer that was off for long goes from one to the next. */
    void writeRoots(List<byte[]> roots) throws ToolException {
        for (int i = 0; i < roots.size(); i++) {
            write(Role.ROOT, i + 1, roots.get(i));
        }
    }

    /** The files of a release, under the names of their hashes. */
    void writeFiles(ProgramFolder program) throws ToolException {
        Path targets = folder.resolve("targets");
        for (Map.Entry<String, ReleaseFile> one : program.files().entrySet()) {
            Path from = program.folder().resolve(one.getKey());
            String hash = one.getValue().sha256();
            try {
                Files.createDirectories(targets);
                Path to = targets.resolve(hash);
                if (Files.exists(to) && Sha256.hex(to).equals(hash)) {
                    continue;
                }
                try (InputStream in = Files.newInputStream(from)) {
                    WholeFile.write(to, in);
                }
                if (!Sha256.hex(to).equals(hash)) {
                    Files.delete(to);
                    throw new ToolException(from + " has changed while it was read");
                }
            } catch (IOException e) {
                throw new ToolException(from + " cannot be copied: " + e, e);
            }
        }
    }

    private byte[] bytes(Role role, long version) throws RepositoryException {
        Path file = folder.resolve(role.fileName(version));
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(role.mostBytes() + 1);
        } catch (IOException e) {
            throw new RepositoryException(
                    RepositoryException.Reason.LOCAL, file + " cannot be read: " + e, e);
        }
    }

    private interface Reader<T> {
        T read(RootMetadata root) throws RepositoryException;
    }

    private <T> T newest(List<RootMetadata> chain, Reader<T> reader) throws ToolException {
        RepositoryException first = null;
        for (int i = chain.size() - 1; i >= 0; i--) {
            try {
                return reader.read(chain.get(i));
            } catch (RepositoryException e) {
                first = first == null ? e : first;
            }
        }
        throw new ToolException(
                "in " + folder + ": " + (first == null ? "no root" : first.getMessage()));
    }
}
