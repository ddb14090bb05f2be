package io.visionops.updater.internal.source;

import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.nio.file.Path;
import java.util.List;

/**
 * Several places of one repository, each of which has all of it: folders and addresses, tried in
 * their order. Thread-safe if they are.
 */
public final class SourcesInTurn implements Source {

    private final List<Source> mirrors;

    public SourcesInTurn(List<? extends Source> sources) {
        this.mirrors = sources.stream().flatMap(one -> one.mirrors().stream()).toList();
    }

    @Override
    public byte[] metadata(String name, int most) throws RepositoryException {
        return first(mirrors, one -> one.metadata(name, most));
    }

    @Override
    public void file(ReleaseFile file, Path target, Progress progress) throws RepositoryException {
        first(
                mirrors,
                one -> {
                    one.file(file, target, progress);
                    return target;
                });
    }

    @Override
    public List<Source> mirrors() {
        return mirrors;
    }

    @Override
    public void close() {
        mirrors.forEach(Source::close);
    }

    /** What each of them is asked. */
    public interface Ask<T> {
        T from(Source mirror) throws RepositoryException;
    }

    /**
     * The answer of the first that has one.
     *
     * @throws RepositoryException the first failure: it is of the mirror that is named first; what
     *     is of this computer, or a stop, ends it at once
     */
    public static <T> T first(List<? extends Source> mirrors, Ask<T> ask)
            throws RepositoryException {
        RepositoryException first = null;
        for (Source one : mirrors) {
            try {
                return ask.from(one);
            } catch (RepositoryException e) {
                if (e.reason() == Reason.LOCAL || e.reason() == Reason.CANCELLED) {
                    throw e;
                }
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        throw first == null
                ? new RepositoryException(Reason.UNREACHABLE, "there is no source of releases")
                : first;
    }
}
