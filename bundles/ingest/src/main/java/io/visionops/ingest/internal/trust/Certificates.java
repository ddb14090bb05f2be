package io.visionops.ingest.internal.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** What is asked of the certificates of cameras. Stateless. */
final class Certificates {

    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String ANY = "2.5.29.37.0";
    private static final int DNS = 2;

    /** OpenSSL takes no shorter key. */
    private static final int RSA_BITS = 2048;

    private Certificates() {}

    /** Of its public key, which stays when the certificate is renewed. */
    static String fingerprint(X509Certificate certificate) {
        try {
            byte[] key = certificate.getPublicKey().getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String pem(X509Certificate certificate) throws IOException {
        try {
            Base64.Encoder lines =
                    Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
            return "-----BEGIN CERTIFICATE-----\n"
                    + lines.encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateException e) {
            throw new IOException(e);
        }
    }

    static X509Certificate parse(String pem) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(
                                            pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new IOException(e);
        }
    }

    /**
     * Whether OpenSSL takes a certificate that is its own authority (tried, ADR 48): it has to be
     * one, to be of this day, for servers, and of a key that is long enough.
     */
    static boolean isVerifiable(X509Certificate certificate, Instant now) {
        try {
            certificate.verify(certificate.getPublicKey());
            certificate.checkValidity(Date.from(now));
            List<String> uses = certificate.getExtendedKeyUsage();
            boolean forServers = uses == null || uses.contains(SERVER) || uses.contains(ANY);
            boolean longEnough =
                    !(certificate.getPublicKey() instanceof RSAKey rsa)
                            || rsa.getModulus().bitLength() >= RSA_BITS;
            return forServers && longEnough;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** A name that it is for: a camera is called by others than those in its certificate. */
    static Optional<String> name(X509Certificate certificate) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            Optional<String> dns =
                    alternatives == null
                            ? Optional.empty()
                            : alternatives.stream()
                                    .filter(one -> Integer.valueOf(DNS).equals(one.get(0)))
                                    .map(one -> String.valueOf(one.get(1)))
                                    .findFirst();
            return dns.isPresent() ? dns : commonName(certificate);
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(one -> one.getType().equalsIgnoreCase("CN"))
                            .map(one -> String.valueOf(one.getValue()))
                            .findFirst();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
