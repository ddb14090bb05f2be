package io.visionops.updater.internal;

import io.visionops.api.time.Ticker;
import io.visionops.api.update.UpdateException;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import io.visionops.updater.internal.source.FileSource;
import io.visionops.updater.internal.source.HttpLimits;
import io.visionops.updater.internal.source.HttpSource;
import io.visionops.updater.internal.source.Source;
import io.visionops.updater.internal.source.SourcesInTurn;
import io.visionops.updater.internal.trust.ProductIdentity;
import io.visionops.updater.internal.trust.UpdateRepository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Releases from the repository that is configured, as far as the trusted root vouches for them. */
final class SignedReleases implements Releases, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SignedReleases.class);

    private final Path trust;
    private final Path etc;
    private final Supplier<UpdaterSettings> settings;
    private final ProductIdentity identity;
    private final Clock clock;

    /** Guarded by "this". */
    private Optional<Opened> opened = Optional.empty();

    private volatile Duration behind = Duration.ZERO;

    /** What was made for a configuration. */
    private record Opened(UpdaterSettings of, Source source, UpdateRepository repository) {}

    /**
     * @param trust folder for what was verified
     * @param etc where the trusted root is
     */
    SignedReleases(
            Path trust,
            Path etc,
            Supplier<UpdaterSettings> settings,
            ProductIdentity identity,
            Clock clock) {
        this.trust = trust;
        this.etc = etc;
        this.settings = settings;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public Release newest() throws UpdateException {
        UpdateRepository repository = open().repository();
        try {
            return repository.refresh();
        } catch (RepositoryException e) {
            throw explained(e);
        } finally {
            behind = repository.clockBehind();
        }
    }

    @Override
    public Duration clockBehind() {
        return behind;
    }

    @Override
    public void fetch(ReleaseFile file, Path target, LongConsumer bytes)
            throws UpdateException, IOException {
        try {
            open().source().file(file, target, (done, of) -> bytes.accept(done));
        } catch (RepositoryException e) {
            if (e.reason() == Reason.LOCAL) {
                throw new IOException(e.getMessage(), e);
            }
            throw explained(e);
        }
    }

    @Override
    public void committed(long number) {
        try {
            UpdateRepository repository = open().repository();
            Optional<Release> verified = repository.verified();
            if (verified.isEmpty()) {
                LOG.warn(
                        "what was signed of release {} has expired: until the next look at the"
                                + " repository an older one may be taken",
                        number);
            } else if (verified.get().number() == number) {
                repository.committed(verified.get());
            }
        } catch (RepositoryException | UpdateException e) {
            LOG.warn(
                    "that release {} is installed cannot be kept, so that an older one may be"
                            + " taken: {}",
                    number,
                    e.getMessage());
        }
    }

    private synchronized Opened open() throws UpdateException {
        UpdaterSettings now = settings.get();
        if (opened.filter(one -> one.of().equals(now)).isPresent()) {
            return opened.get();
        }
        close();
        if (now.repositories().isEmpty()) {
            throw new UpdateException(
                    "no repository is known: set repository in etc/io.visionops.updater.cfg");
        }
        Path root = etc.resolve(now.root());
        if (!Files.isRegularFile(root)) {
            throw new UpdateException(
                    "there is no trusted root: put the maker's root.json at " + root);
        }
        Source source = source(now);
        Opened fresh =
                new Opened(now, source, new UpdateRepository(trust, root, source, clock, identity));
        opened = Optional.of(fresh);
        return fresh;
    }

    /** Folders and addresses, tried in turn. */
    private static Source source(UpdaterSettings settings) {
        HttpLimits limits = HttpLimits.DEFAULT.atMost(settings.rate());
        List<Source> all = new ArrayList<>();
        for (URI one : settings.repositories()) {
            all.add(
                    one.getScheme().equalsIgnoreCase("file")
                            ? new FileSource(Path.of(one))
                            : new HttpSource(one, limits, Ticker.system()));
        }
        return new SourcesInTurn(all);
    }

    private static UpdateException explained(RepositoryException e) {
        return new UpdateException(String.valueOf(e.getMessage()), e);
    }

    @Override
    public synchronized void close() {
        opened.map(Opened::source).ifPresent(Source::close);
        opened = Optional.empty();
    }
}
