package io.visionops.security.internal.audit.verify;

import io.visionops.security.internal.audit.chain.EpochKey;
import io.visionops.security.internal.audit.chain.Hashes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verifies tags by the first key. For one thread at a time. */
final class TagCheck {

    /** Epochs of some years; a line that names a later one is not believed. */
    private static final long FARTHEST = 20_000_000;

    /** Later keys that are tried on a tag that is wrong. */
    private static final long TRIED = 200_000;

    private static final int TAG_LENGTH = 64;

    private final Optional<EpochKey> initial;
    private final Hashes hashes;
    private @Nullable EpochKey current;

    TagCheck(Optional<EpochKey> initial, Hashes hashes) {
        this.initial = initial;
        this.hashes = hashes;
    }

    boolean isPossible() {
        return initial.isPresent();
    }

    /** True where there is no key to verify with. */
    boolean isRight(long epoch, String tag, byte[] bytes, int from, int to) {
        if (initial.isEmpty()) {
            return true;
        }
        if (epoch < 0 || epoch > FARTHEST || tag.length() != TAG_LENGTH) {
            return false;
        }
        EpochKey key = key(initial.get(), epoch);
        return key.tag(bytes, from, to - from - TAG_LENGTH).equals(tag);
    }

    private EpochKey key(EpochKey first, long epoch) {
        EpochKey present = current;
        if (present != null && present.epoch() == epoch) {
            return present;
        }
        EpochKey near = present != null && present.epoch() < epoch ? present : first;
        EpochKey key = near.at(epoch, hashes);
        current = key;
        return key;
    }

    /** The later epoch whose key a tag was made with; -1 where there is none. */
    long laterEpoch(long epoch, long latest, String tag, byte[] bytes, int from, int to) {
        if (initial.isEmpty() || epoch < 0 || epoch > FARTHEST || tag.length() != TAG_LENGTH) {
            return -1;
        }
        EpochKey key = initial.get().at(epoch, hashes);
        long last = Math.min(latest, epoch + TRIED);
        for (long at = epoch + 1; at <= last; at++) {
            key = key.next(hashes);
            if (key.tag(bytes, from, to - from - TAG_LENGTH).equals(tag)) {
                return at;
            }
        }
        return -1;
    }
}
