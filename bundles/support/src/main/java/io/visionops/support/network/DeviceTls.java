package io.visionops.support.network;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Secure connections to devices of the local network, whose certificates are their own and vouched
 * for by nobody: any is accepted. It keeps listeners out, not impostors, so no password may be sent
 * over it that whoever answers could use. The decoder does the same.
 */
public final class DeviceTls {

    private DeviceTls() {}

    /**
     * Makes a connection secure, which is closed when that fails.
     *
     * @throws java.net.SocketTimeoutException when it is not done in time
     */
    public static SSLSocket over(Socket socket, String host, Deadline deadline) throws IOException {
        try {
            // A limit of each read is none for whoever sends a byte now and then.
            return TimeLimited.call(() -> handshake(socket, host, deadline), deadline);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static SSLSocket handshake(Socket socket, String host, Deadline deadline)
            throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
            SSLSocket secure =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(socket, host, socket.getPort(), true);
            secure.setSoTimeout(deadline.millis());
            secure.startHandshake();
            return secure;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /** The extended kind: of the other, names would be compared all the same. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
