package io.visionops.login.internal.realm;

import io.visionops.api.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were right a moment ago: a browser sends its own with each request, and Argon2id
 * is slow on purpose. Holds none of them, only keyed digests under a key of this run. A password
 * that was changed is not found. Thread-safe.
 */
final class CheckedPasswords {

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST = 100;
    private static final String MAC = "HmacSHA256";

    private final Ticker ticker;
    private final SecretKeySpec key;

    /** Digest to the monotonic time of the check, oldest first. Guarded by "this". */
    private final Map<String, Long> checked = new LinkedHashMap<>();

    CheckedPasswords(Ticker ticker) {
        this.ticker = ticker;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, MAC);
    }

    synchronized boolean contains(User user, String password) {
        long now = ticker.nanos();
        checked.values().removeIf(since -> now - since > KEPT.toNanos());
        return checked.containsKey(digest(user, password));
    }

    synchronized void add(User user, String password) {
        String digest = digest(user, password);
        checked.remove(digest);
        checked.put(digest, ticker.nanos());
        if (checked.size() > MOST) {
            checked.remove(checked.keySet().iterator().next());
        }
    }

    private String digest(User user, String password) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            for (String part : new String[] {user.name(), user.password().text(), password}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + MAC, e);
        }
    }
}
