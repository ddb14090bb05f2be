package io.visionops.ingest.internal.trust;

import io.visionops.api.camera.CameraIdentity;
import io.visionops.api.camera.LoginScheme;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What a camera shows to who comes without a login.
 *
 * @param login in which way it asks for one
 * @param certificate empty without TLS
 */
record Shown(LoginScheme login, Optional<X509Certificate> certificate) {

    CameraIdentity identity() {
        return new CameraIdentity(login, fingerprint());
    }

    Optional<String> fingerprint() {
        return certificate.map(Certificates::fingerprint);
    }

    Shown with(LoginScheme other) {
        return new Shown(other, certificate);
    }
}
