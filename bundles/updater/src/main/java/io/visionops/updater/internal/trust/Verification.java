package io.visionops.updater.internal.trust;

import io.visionops.updater.internal.metadata.Pointer;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import io.visionops.updater.internal.metadata.Role;
import io.visionops.updater.internal.metadata.RootMetadata;
import java.util.Map;
import org.osgi.framework.Version;

/**
 * The rules from the root to the release, the same for what comes and for what is kept here. Looks
 * at expiry in any case, whether a version is new or not.
 */
record Verification(
        RootMetadata root,
        TrustState state,
        TrustedTime time,
        ProductIdentity identity,
        long mostBytes) {

    /**
     * By how much a number may grow at once: an attacker must not be able to use up all of them.
     */
    private static final long RELEASES_AT_ONCE = 1000;

    /** A timestamp may be signed every minute, and a computer be off for a year. */
    private static final long VERSIONS_AT_ONCE = 1_000_000;

    /** Where metadata comes from. */
    @FunctionalInterface
    interface Metadata {
        byte[] get(Role role, Pointer.Next expected) throws RepositoryException;
    }

    /** What was verified, with the bytes of it. */
    record Verified(
            Release release, Pointer timestamp, Pointer snapshot, Map<Role, byte[]> bytes) {}

    static String fingerprint(RootMetadata root) {
        return root.keys(Role.TIMESTAMP).fingerprint() + root.keys(Role.SNAPSHOT).fingerprint();
    }

    Verified verify(byte[] timestampBytes, Metadata metadata) throws RepositoryException {
        if (root.version() < state.root()) {
            throw new RepositoryException(
                    Reason.ROLLBACK,
                    "root "
                            + state.root()
                            + " was trusted before, and there is only root "
                            + root.version());
        }
        requireProduct("the root of trust", root.product());
        time.requireValid("root " + root.version(), root.expires());

        Pointer timestamp = Pointer.readTimestamp(timestampBytes, root.keys(Role.TIMESTAMP));
        requireVersion("timestamp", timestamp.version(), state.timestamp(), VERSIONS_AT_ONCE);
        requireVersion("snapshot", timestamp.next().version(), state.snapshot(), VERSIONS_AT_ONCE);
        time.requireValid("the timestamp", timestamp.expires());

        byte[] snapshotBytes = metadata.get(Role.SNAPSHOT, timestamp.next());
        Pointer snapshot =
                Pointer.readSnapshot(snapshotBytes, timestamp.next(), root.keys(Role.SNAPSHOT));
        requireRelease(snapshot.next().version());
        time.requireValid("snapshot " + snapshot.version(), snapshot.expires());

        byte[] targetsBytes = metadata.get(Role.TARGETS, snapshot.next());
        Release release =
                Release.read(targetsBytes, snapshot.next(), root.keys(Role.TARGETS), mostBytes);
        requireInstallable(release);
        return new Verified(
                release,
                timestamp,
                snapshot,
                Map.of(
                        Role.TIMESTAMP, timestampBytes,
                        Role.SNAPSHOT, snapshotBytes,
                        Role.TARGETS, targetsBytes));
    }

    private void requireInstallable(Release release) throws RepositoryException {
        String what = "release " + release.number();
        requireProduct(what, release.product());
        if (!release.platform().equals(identity.platform())) {
            throw new RepositoryException(
                    Reason.WRONG_PRODUCT,
                    what + " is for " + release.platform() + ", not for " + identity.platform());
        }
        time.requireValid(what, release.expires());
        for (Map.Entry<String, Version> one : TrustState.highest(release.bundles()).entrySet()) {
            Version floor = state.bundles().get(one.getKey());
            if (floor != null && one.getValue().compareTo(floor) < 0) {
                throw new RepositoryException(
                        Reason.ROLLBACK,
                        what
                                + " has "
                                + one.getKey()
                                + " "
                                + one.getValue()
                                + ", and "
                                + floor
                                + " was installed before");
            }
        }
    }

    /** What was installed by hand counts as well as what was only seen. */
    private void requireRelease(long number) throws RepositoryException {
        long known = Math.max(state.seen(), state.committed());
        requireVersion("release", number, known, known == 0 ? VERSIONS_AT_ONCE : RELEASES_AT_ONCE);
    }

    private void requireProduct(String what, String product) throws RepositoryException {
        if (!product.equals(identity.product())) {
            throw new RepositoryException(
                    Reason.WRONG_PRODUCT,
                    what + " is of " + product + ", not of " + identity.product());
        }
    }

    private static void requireVersion(String what, long version, long known, long mostStep)
            throws RepositoryException {
        if (version < known) {
            throw new RepositoryException(
                    Reason.ROLLBACK,
                    what
                            + " "
                            + version
                            + " is older than "
                            + known
                            + ", which was trusted before");
        }
        if (version - known > mostStep) {
            throw new RepositoryException(
                    Reason.FAST_FORWARD,
                    what + " " + version + " is more than " + mostStep + " after " + known);
        }
    }
}
