package io.visionops.store.internal.picture;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of pictures that are known now: one that new pictures are encrypted with, and those of
 * older ones. Thread-safe; waits for nobody but in {@link #awaitOne}.
 */
public final class PictureKeys {

    private static final Logger LOG = LoggerFactory.getLogger(PictureKeys.class);

    private final SecureRandom random = new SecureRandom();
    private final CountDownLatch there = new CountDownLatch(1);

    /** What would have them looked for again. */
    private final Runnable missing;

    /** By id. Replaced as a whole. */
    private volatile Map<String, PictureKey> keys = Map.of();

    private volatile @Nullable PictureKey current;
    private volatile String trouble = "nothing keeps secrets yet";

    /**
     * @param missing is told, by whoever wanted one, of a key that is not there; must not block
     */
    PictureKeys(Runnable missing) {
        this.missing = missing;
    }

    /** With a key that nobody else has: for what keeps pictures no longer than it runs. */
    public static PictureKeys ofTheirOwn() {
        PictureKeys keys = new PictureKeys(() -> {});
        PictureKey key = PictureKey.random(keys.random);
        keys.use(Map.of(key.id(), key), key);
        return keys;
    }

    /**
     * @param present the one for new pictures
     */
    void use(Map<String, PictureKey> others, PictureKey present) {
        Map<String, PictureKey> all = new HashMap<>(others);
        all.put(present.id(), present);
        keys = Map.copyOf(all);
        current = present;
        there.countDown();
    }

    /** Says why there is no key, as long as there is none. */
    void isMissing(String why) {
        trouble = why;
    }

    /**
     * Waits until new pictures can be encrypted.
     *
     * @return false when they could not within that time, which is told
     */
    public boolean awaitOne(Duration limit) {
        try {
            boolean found = there.await(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!found) {
                LOG.warn("pictures of events are not kept until there is a key to encrypt them");
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * The bytes for the disk.
     *
     * @throws IOException when there is no key, with the reason
     */
    public byte[] seal(UUID event, byte[] jpeg) throws IOException {
        PictureKey key = current;
        if (key == null) {
            missing.run();
            throw new IOException("the key that encrypts them is not there: " + trouble);
        }
        return key.seal(event, jpeg, random);
    }

    /**
     * The picture.
     *
     * @param stored what {@link #seal} gave, or a picture of the time before there were keys
     * @throws IOException when it is damaged, or its key is not there
     */
    public byte[] open(UUID event, byte[] stored) throws IOException {
        if (!PictureKey.isSealed(stored)) {
            return stored;
        }
        PictureKey key = keys.get(PictureKey.idIn(stored));
        if (key == null) {
            missing.run();
            throw new IOException(
                    "secret "
                            + PictureKeyComponent.PREFIX
                            + PictureKey.idIn(stored)
                            + ", its key, is not there");
        }
        try {
            return key.open(event, stored);
        } catch (AEADBadTagException e) {
            throw new IOException("it is damaged, or another event's", e);
        }
    }
}
