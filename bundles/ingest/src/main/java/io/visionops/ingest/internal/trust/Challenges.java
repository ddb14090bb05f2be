package io.visionops.ingest.internal.trust;

import io.visionops.api.camera.LoginScheme;
import io.visionops.support.network.Answer;
import io.visionops.support.network.DigestLogin;
import java.util.List;

/** Reads which login a camera asks for. Stateless. */
public final class Challenges {

    private static final String BASIC = "Basic";

    private Challenges() {}

    /**
     * What is answered to it by us and by ffmpeg, who both prefer Digest. The status does not
     * matter: ffmpeg answers a challenge of any reply with the next request.
     */
    public static LoginScheme of(Answer answer) {
        List<String> challenges = answer.all("www-authenticate");
        return DigestLogin.of(challenges)
                .map(
                        digest ->
                                digest.algorithm().equalsIgnoreCase("SHA-256")
                                        ? LoginScheme.DIGEST_SHA_256
                                        : LoginScheme.DIGEST_MD5)
                .orElse(
                        challenges.stream().anyMatch(Challenges::isBasic)
                                ? LoginScheme.BASIC
                                : LoginScheme.NONE);
    }

    private static boolean isBasic(String challenge) {
        return challenge.regionMatches(true, 0, BASIC, 0, BASIC.length());
    }

    /** Of two answers of one camera the one that gives more away. */
    public static LoginScheme worse(LoginScheme one, LoginScheme other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
