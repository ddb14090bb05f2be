package io.visionops.ingest.internal.trust;

import io.visionops.api.camera.CameraIdentity;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LoginScheme;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Compares what a camera shows with what it showed at its first success. Stateless. */
public final class Comparison {

    /** Of a fingerprint; enough to tell two apart. */
    private static final int DIGITS = 16;

    private Comparison() {}

    /** What is wrong with a certificate. */
    public static Optional<Fault> certificate(
            Optional<CameraIdentity> known, X509Certificate certificate) {
        String now = Certificates.fingerprint(certificate);
        return known.flatMap(CameraIdentity::certificate)
                .filter(before -> !before.equals(now))
                .map(
                        before ->
                                new Fault(
                                        Cause.OTHER_CERTIFICATE,
                                        "public key "
                                                + now.substring(0, DIGITS)
                                                + "... now, "
                                                + before.substring(0, DIGITS)
                                                + "... before"));
    }

    /** What is wrong with a way to ask for a login: more is given away than at first. */
    public static Optional<Fault> login(Optional<CameraIdentity> known, LoginScheme now) {
        return known.map(CameraIdentity::login)
                .filter(before -> isWeaker(before, now))
                .map(before -> new Fault(Cause.WEAKER_LOGIN, words(before, now)));
    }

    private static boolean isWeaker(LoginScheme before, LoginScheme now) {
        return now == LoginScheme.BASIC && before != LoginScheme.BASIC
                || now == LoginScheme.DIGEST_MD5 && before == LoginScheme.DIGEST_SHA_256;
    }

    private static String words(LoginScheme before, LoginScheme now) {
        if (now != LoginScheme.BASIC) {
            return "asks for " + now.words() + " now, it asked for " + before.words() + " before";
        }
        return "asks for the password in clear now, it asked for "
                + (before == LoginScheme.NONE ? "none" : "a digest")
                + " before";
    }

    /**
     * Whether it asks for none and did before. Who asks for none now may ask for one later, when
     * nobody compares: a decoder is given none.
     */
    public static boolean isDropped(Optional<CameraIdentity> known, LoginScheme now) {
        return now == LoginScheme.NONE
                && known.map(CameraIdentity::login)
                        .filter(before -> before != LoginScheme.NONE)
                        .isPresent();
    }
}
