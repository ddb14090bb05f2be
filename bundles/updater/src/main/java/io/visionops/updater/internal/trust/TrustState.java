package io.visionops.updater.internal.trust;

import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseBundle;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Version;

/**
 * What may never go back.
 *
 * @param root the newest version that was trusted
 * @param keys fingerprints of the timestamp's and the snapshot's keys, by which the following were
 *     signed
 * @param timestamp the newest version
 * @param snapshot likewise
 * @param seen the highest number of a release that was verified
 * @param committed the highest number of a release that was installed and kept
 * @param bundles the highest version of each bundle that was
 * @param time the latest that was trusted
 */
record TrustState(
        long root,
        String keys,
        long timestamp,
        long snapshot,
        long seen,
        long committed,
        Map<String, Version> bundles,
        Instant time) {

    static final TrustState NOTHING = new TrustState(0, "", 0, 0, 0, 0, Map.of(), Instant.EPOCH);

    TrustState {
        bundles = Map.copyOf(bundles);
    }

    /** For a copy that may be older than the other: of each the higher. */
    TrustState max(TrustState other) {
        // Where the keys were changed versions begin anew, so the newer root says which count.
        TrustState newer = newerThan(other) ? this : other;
        boolean same = keys.equals(other.keys);
        Map<String, Version> floors = new HashMap<>(bundles);
        other.bundles.forEach((name, version) -> floors.merge(name, version, TrustState::higher));
        return new TrustState(
                Math.max(root, other.root),
                newer.keys,
                same ? Math.max(timestamp, other.timestamp) : newer.timestamp,
                same ? Math.max(snapshot, other.snapshot) : newer.snapshot,
                same ? Math.max(seen, other.seen) : newer.seen,
                Math.max(committed, other.committed),
                floors,
                time.isAfter(other.time) ? time : other.time);
    }

    /**
     * Whoever had the keys of timestamp and snapshot may have said versions that nothing can
     * follow. When these keys are changed, versions begin anew; what was installed stays.
     */
    TrustState forKeys(String now) {
        return keys.equals(now)
                ? this
                : new TrustState(root, now, 0, 0, 0, committed, bundles, time);
    }

    TrustState verified(
            long rootNow, long timestampNow, long snapshotNow, long release, Instant now) {
        return new TrustState(
                rootNow,
                keys,
                timestampNow,
                snapshotNow,
                release,
                committed,
                bundles,
                now.isAfter(time) ? now : time);
    }

    TrustState withCommitted(Release release) {
        Map<String, Version> floors = new HashMap<>(bundles);
        highest(release.bundles())
                .forEach((name, version) -> floors.merge(name, version, TrustState::higher));
        return new TrustState(
                root,
                keys,
                timestamp,
                snapshot,
                seen,
                Math.max(committed, release.number()),
                floors,
                time);
    }

    /** A release may have a bundle in two versions: the highest is what counts. */
    static Map<String, Version> highest(List<ReleaseBundle> bundles) {
        Map<String, Version> highest = new TreeMap<>();
        for (ReleaseBundle one : bundles) {
            highest.merge(one.name(), new Version(one.version()), TrustState::higher);
        }
        return highest;
    }

    private boolean newerThan(TrustState other) {
        return root != other.root
                ? root > other.root
                : timestamp != other.timestamp
                        ? timestamp > other.timestamp
                        : !time.isBefore(other.time);
    }

    private static Version higher(Version one, Version other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
