package io.visionops.updater.internal.trust;

import io.visionops.updater.internal.metadata.Pointer;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.Role;
import io.visionops.updater.internal.metadata.RootMetadata;
import io.visionops.updater.internal.source.Source;
import io.visionops.updater.internal.source.SourcesInTurn;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which release may be installed. Trusts the root that came with the distribution, and of the
 * source nothing that this root does not vouch for. Thread-safe; only {@link #refresh} waits for
 * the source, and the others do not wait for it.
 */
public final class UpdateRepository {

    /** Of all files of a release together, unless something else is said. */
    public static final long MOST_BYTES = 2L * 1024 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(UpdateRepository.class);

    private final Object refreshing = new Object();

    /** Guards the files; never held while the source is asked. */
    private final Object files = new Object();

    private final TrustFolder folder;
    private final RootChain chain;
    private final Source source;
    private final Clock clock;
    private final ProductIdentity identity;
    private final long mostBytes;

    /**
     * @param trustFolder made when it is needed; nobody else writes there
     * @param pinnedRoot a root of the distribution, which is as trusted as that
     */
    public UpdateRepository(
            Path trustFolder,
            Path pinnedRoot,
            Source source,
            Clock clock,
            ProductIdentity identity) {
        this(trustFolder, pinnedRoot, source, clock, identity, MOST_BYTES);
    }

    /**
     * @param mostBytes of all files of a release together
     */
    public UpdateRepository(
            Path trustFolder,
            Path pinnedRoot,
            Source source,
            Clock clock,
            ProductIdentity identity,
            long mostBytes) {
        this.folder = new TrustFolder(trustFolder);
        this.chain = new RootChain(pinnedRoot, folder);
        this.source = source;
        this.clock = clock;
        this.identity = identity;
        this.mostBytes = mostBytes;
    }

    /**
     * The newest release of the source. Each of its mirrors is asked until one has something that
     * is valid.
     *
     * @throws RepositoryException that of the first mirror, when none has; nothing but new roots is
     *     kept then
     */
    public Release refresh() throws RepositoryException {
        synchronized (refreshing) {
            return SourcesInTurn.first(source.mirrors(), this::refresh);
        }
    }

    /**
     * What {@link #refresh} has given last, from the disk and verified again: empty when it has
     * expired meanwhile, or is not there as a whole.
     */
    public Optional<Release> verified() {
        synchronized (files) {
            Optional<byte[]> timestamp = folder.metadata(Role.TIMESTAMP);
            if (timestamp.isEmpty()) {
                return Optional.empty();
            }
            try {
                Verification rules = rules(chain.kept());
                return Optional.of(
                        rules.verify(
                                        timestamp.get(),
                                        (role, expected) ->
                                                folder.metadata(role).orElse(new byte[0]))
                                .release());
            } catch (RepositoryException e) {
                LOG.debug("no release is verified: {}", e.getMessage());
                return Optional.empty();
            }
        }
    }

    /**
     * The release was installed and is kept: from now on nothing older is accepted, as a whole or
     * of a bundle.
     *
     * @return the highest number that was committed
     * @throws RepositoryException when that cannot be written
     */
    public long committed(Release release) throws RepositoryException {
        synchronized (files) {
            TrustState state = folder.state().withCommitted(release);
            folder.keep(state);
            return state.committed();
        }
    }

    /** The highest number that was committed; 0 when none was. */
    public long committed() {
        synchronized (files) {
            return folder.state().committed();
        }
    }

    /** By how much the wall clock is behind the time that is known to have been; often zero. */
    public Duration clockBehind() {
        synchronized (files) {
            return time(folder.state()).behind();
        }
    }

    private Release refresh(Source mirror) throws RepositoryException {
        RootMetadata root = chain.newest(mirror);
        Verification rules;
        synchronized (files) {
            rules = rules(root);
        }
        if (!rules.time().behind().isZero()) {
            LOG.warn(
                    "the clock is behind the time that is known to have been by {} s; releases"
                            + " expire by the latter",
                    rules.time().behind().toSeconds());
        }
        byte[] timestamp = mirror.metadata(Role.TIMESTAMP.fileName(0), Role.TIMESTAMP.mostBytes());
        Verification.Verified found =
                rules.verify(timestamp, (role, expected) -> metadata(mirror, role, expected));
        synchronized (files) {
            for (Map.Entry<Role, byte[]> one : found.bytes().entrySet()) {
                folder.keep(one.getKey(), one.getValue());
            }
            // Committed meanwhile, perhaps.
            TrustState state = folder.state().forKeys(Verification.fingerprint(root));
            folder.keep(
                    state.verified(
                            root.version(),
                            found.timestamp().version(),
                            found.snapshot().version(),
                            found.release().number(),
                            rules.time().now()));
        }
        return found.release();
    }

    private Verification rules(RootMetadata root) {
        TrustState state = folder.state().forKeys(Verification.fingerprint(root));
        return new Verification(root, state, time(state), identity, mostBytes);
    }

    private TrustedTime time(TrustState state) {
        return TrustedTime.of(clock, identity.built(), state.time());
    }

    /** From the disk, if it is there already. */
    private byte[] metadata(Source mirror, Role role, Pointer.Next expected)
            throws RepositoryException {
        Optional<byte[]> kept;
        synchronized (files) {
            kept = folder.metadata(role).filter(expected::matches);
        }
        return kept.isPresent()
                ? kept.get()
                : mirror.metadata(role.fileName(expected.version()), expected.length());
    }
}
