package io.visionops.ingest.internal.trust;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Certificates for tests, by the JDK's own tool. */
final class TestCertificates {

    private static final String PASSWORD = "changeit";

    private TestCertificates() {}

    /**
     * One that is good for two days and vouches for itself.
     *
     * @param more options of keytool
     */
    static X509Certificate make(Path folder, String name, String... more) throws Exception {
        Path file = Files.createTempDirectory(folder, "keys").resolve("camera.p12");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", "camera", "-keyalg", "EC"));
        command.addAll(List.of("-dname", name, "-validity", "2", "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD, "-keystore", file.toString()));
        command.addAll(List.of(more));
        Process keytool =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool makes no certificate: " + command);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return (X509Certificate) keys.getCertificate("camera");
    }
}
