package io.visionops.store.internal.picture;

import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretInfo;
import io.visionops.api.secret.SecretListener;
import io.visionops.api.secret.SecretLookup;
import io.visionops.api.secret.SecretStore;
import io.visionops.api.subject.Actor;
import io.visionops.support.thread.DaemonThreads;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the keys of pictures among the secrets, which the master key encrypts and backups hold. A
 * key that came with a restore stands beside the one that was here, each under its own name; what
 * was set last is the one for new pictures.
 */
@Component(
        immediate = true,
        service = {PictureKeyComponent.class, SecretListener.class})
public final class PictureKeyComponent implements SecretListener {

    /** Names of secrets that are keys of pictures begin with it. */
    static final String PREFIX = SecretStore.OURS + "pictures.";

    private static final Logger LOG = LoggerFactory.getLogger(PictureKeyComponent.class);

    private static final Actor STORE = Actor.part("store");

    /** One look that waits is as good as many. */
    private final ThreadPoolExecutor looks =
            DaemonThreads.pool(
                    "visionops-store-keys",
                    1,
                    1,
                    Duration.ofSeconds(5),
                    new ThreadPoolExecutor.DiscardPolicy());

    private final PictureKeys keys = new PictureKeys(this::look);
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable SecretStore secrets;
    private volatile @Nullable SecretLookup lookup;

    /** What stays the same while this runs. */
    public PictureKeys keys() {
        return keys;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setSecrets(SecretStore store) {
        secrets = store;
        look();
    }

    void unsetSecrets(SecretStore store) {
        if (secrets == store) {
            secrets = null;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setLookup(SecretLookup one) {
        lookup = one;
        look();
    }

    void unsetLookup(SecretLookup one) {
        if (lookup == one) {
            lookup = null;
        }
    }

    @Deactivate
    void stop() {
        looks.shutdownNow();
    }

    @Override
    public void changed(Set<String> names) {
        if (names.stream().anyMatch(name -> name.startsWith(PREFIX))) {
            look();
        }
    }

    private void look() {
        looks.execute(this::lookNow);
    }

    private void lookNow() {
        SecretStore store = secrets;
        SecretLookup values = lookup;
        if (store == null || values == null) {
            return;
        }
        try {
            List<PictureKey> found = found(store, values);
            if (found.isEmpty()) {
                found.add(made(store));
            }
            Map<String, PictureKey> all = new HashMap<>();
            found.forEach(key -> all.put(key.id(), key));
            keys.use(all, found.get(found.size() - 1));
        } catch (SecretException e) {
            keys.isMissing(String.valueOf(e.getMessage()));
        }
    }

    /** The one that was set last is the last. One that is damaged opens nothing and is left out. */
    private static List<PictureKey> found(SecretStore store, SecretLookup values)
            throws SecretException {
        List<PictureKey> found = new ArrayList<>();
        List<SecretInfo> all = new ArrayList<>(store.list());
        all.sort(Comparator.comparing(SecretInfo::changed));
        for (SecretInfo one : all) {
            if (one.name().startsWith(PREFIX)) {
                read(one.name(), values).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<PictureKey> read(String name, SecretLookup values) {
        try {
            String id = name.substring(PREFIX.length());
            return values.find(name).map(text -> PictureKey.of(id, text));
        } catch (SecretException e) {
            LOG.error("pictures that {} encrypts are not shown: {}", name, e.getMessage());
        } catch (IllegalArgumentException e) {
            LOG.error("secret {} is no key of pictures", name);
        }
        return Optional.empty();
    }

    private PictureKey made(SecretStore store) throws SecretException {
        PictureKey key = PictureKey.random(random);
        store.set(PREFIX + key.id(), key.text(), STORE);
        LOG.info("key {} of pictures is made", key.id());
        return key;
    }
}
