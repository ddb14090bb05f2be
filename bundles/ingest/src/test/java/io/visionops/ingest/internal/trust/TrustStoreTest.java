package io.visionops.ingest.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.visionops.api.camera.LoginScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was shown is remembered as it was, and nothing is made of a file that is damaged. */
class TrustStoreTest {

    private static final String ONE = "rtsps://10.0.0.7:322";
    private static final String OTHER = "rtsp://10.0.0.8:554";
    private static final Shown DIGEST = new Shown(LoginScheme.DIGEST_MD5, Optional.empty());

    @TempDir static Path keys;
    private static X509Certificate certificate;

    @TempDir Path folder;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificates.make(keys, "CN=camera.local");
    }

    private TrustStore store() {
        return new TrustStore(folder.resolve("ingest"));
    }

    @Test
    void whatWasShownIsReadAgainByAnotherStore() throws Exception {
        Shown secure = new Shown(LoginScheme.BASIC, Optional.of(certificate));
        store().put("front", ONE, secure, Set.of(ONE, OTHER));
        store().put("front", OTHER, DIGEST, Set.of(ONE, OTHER));

        assertThat(store().load("front")).containsOnly(entry(ONE, secure), entry(OTHER, DIGEST));
        assertThat(store().load("back")).isEmpty();
    }

    @Test
    void anAddressThatTheCameraHasNoMoreIsForgotten() throws Exception {
        store().put("front", ONE, DIGEST, Set.of(ONE));
        store().put("front", OTHER, DIGEST, Set.of(OTHER));

        assertThat(store().load("front")).containsOnlyKeys(OTHER);
    }

    @Test
    void aDamagedFileIsAsGoodAsNoneAndIsReplaced() throws Exception {
        store().put("front", ONE, DIGEST, Set.of(ONE));
        Path file = store().file("front");
        String text = Files.readString(file);
        for (String damaged :
                new String[] {
                    "",
                    "\0\0\0",
                    text.replace("DIGEST_MD5", "BASIC"),
                    text.substring(0, text.length() - 3)
                }) {
            Files.writeString(file, damaged);

            assertThat(store().load("front")).as(damaged).isEmpty();
        }

        store().put("front", ONE, DIGEST, Set.of(ONE));

        assertThat(store().load("front")).containsOnlyKeys(ONE);
    }

    @Test
    void aDecoderIsHeldToCertificatesOfTodayForServers() throws Exception {
        Instant now = Instant.now();

        assertThat(Certificates.isVerifiable(certificate, now)).isTrue();
        assertThat(Certificates.isVerifiable(certificate, now.plus(Duration.ofDays(9)))).isFalse();
        assertThat(
                        Certificates.isVerifiable(
                                TestCertificates.make(keys, "CN=x", "-ext", "EKU=clientAuth"), now))
                .isFalse();
        assertThat(Certificates.name(certificate)).contains("camera.local");
        assertThat(
                        Certificates.name(
                                TestCertificates.make(keys, "CN=x", "-ext", "SAN=dns:cam.lan")))
                .contains("cam.lan");
    }
}
