package io.visionops.ingest.internal.connectiontest;

import io.visionops.api.discovery.Search.Login;
import io.visionops.ingest.internal.config.Address;
import io.visionops.support.network.Answer;
import io.visionops.support.network.DigestLogin;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The login of an address, as an answer to the challenge of a camera. */
final class Credentials {

    private static final int NONCE = 8;

    private final Login login;

    private Credentials(Login login) {
        this.login = login;
    }

    /** Empty when the address has none. */
    static Optional<Credentials> of(Address address) {
        if (address.login().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Credentials(new Login(address.user(), address.password())));
    }

    /**
     * The header line; empty when the camera wants a login of a kind that is not known. Digest goes
     * first; Basic is what ffmpeg answers too.
     */
    Optional<String> answer(Answer challenge, String method, String target) {
        List<String> challenges = challenge.all("www-authenticate");
        Optional<DigestLogin> digest = DigestLogin.of(challenges);
        if (digest.isPresent()) {
            byte[] nonce = new byte[NONCE];
            new SecureRandom().nextBytes(nonce);
            String own = HexFormat.of().formatHex(nonce);
            return Optional.of(digest.get().answer(login, method, target, own));
        }
        if (challenges.stream().anyMatch(one -> one.regionMatches(true, 0, "Basic", 0, 5))) {
            byte[] plain = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Authorization: Basic " + Base64.getEncoder().encodeToString(plain));
        }
        return Optional.empty();
    }
}
