package io.visionops.updater.internal.trust;

import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import io.visionops.updater.internal.metadata.Role;
import io.visionops.updater.internal.metadata.RootMetadata;
import io.visionops.updater.internal.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * From the root of the distribution to the newest, each signed by the one before. The chain is
 * verified from its beginning every time; roots that are kept here only save asking for them.
 */
final class RootChain {

    private static final int MOST_STEPS = 64;

    private final Path pinned;
    private final TrustFolder folder;

    RootChain(Path pinned, TrustFolder folder) {
        this.pinned = pinned;
        this.folder = folder;
    }

    /** As far as the roots go that are kept here. */
    RootMetadata kept() throws RepositoryException {
        RootMetadata at = pinned();
        for (Optional<RootMetadata> next = keptAfter(at); next.isPresent(); next = keptAfter(at)) {
            at = next.get();
        }
        return at;
    }

    /**
     * As far as the source knows. What is verified on the way is kept at once: a root that is
     * trusted stays so, whatever follows.
     */
    RootMetadata newest(Source source) throws RepositoryException {
        RootMetadata at = kept();
        for (int step = 0; ; step++) {
            String name = Role.ROOT.fileName(at.version() + 1);
            Optional<byte[]> bytes = fetch(source, name);
            if (bytes.isEmpty()) {
                return at;
            }
            if (step == MOST_STEPS) {
                throw new RepositoryException(
                        Reason.FAST_FORWARD, "more than " + MOST_STEPS + " new roots at once");
            }
            at = at.next(bytes.get());
            folder.keep(name, bytes.get());
        }
    }

    private RootMetadata pinned() throws RepositoryException {
        try (InputStream in = Files.newInputStream(pinned)) {
            return RootMetadata.pinned(pinned.toString(), in.readNBytes(Role.ROOT.mostBytes() + 1));
        } catch (IOException e) {
            throw new RepositoryException(
                    Reason.LOCAL, "the root of trust, " + pinned + ", cannot be read: " + e, e);
        }
    }

    /** One that is damaged is fetched again. */
    private Optional<RootMetadata> keptAfter(RootMetadata at) {
        Optional<byte[]> bytes =
                folder.read(Role.ROOT.fileName(at.version() + 1), Role.ROOT.mostBytes());
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(at.next(bytes.get()));
        } catch (RepositoryException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> fetch(Source source, String name) throws RepositoryException {
        try {
            return Optional.of(source.metadata(name, Role.ROOT.mostBytes()));
        } catch (RepositoryException e) {
            if (e.reason() == Reason.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
