package io.visionops.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A secure port of the loopback interface in front of a plain one, with a certificate that nobody
 * vouches for, as cameras have. Thread-safe.
 */
public final class TlsFront implements AutoCloseable {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final SSLServerSocket listener;
    private final int behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TlsFront(SSLServerSocket listener, int behind) {
        this.listener = listener;
        this.behind = behind;
    }

    /**
     * @param behind the plain port
     * @param folder for the certificate
     */
    public static TlsFront before(int behind, Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        return before(behind, folder, 0);
    }

    /**
     * @param behind the plain port
     * @param folder for the certificate
     * @param port 0 for any free one
     */
    public static TlsFront before(int behind, Path folder, int port)
            throws IOException, GeneralSecurityException, InterruptedException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate(folder))) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        SSLServerSocket listener =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        TlsFront front = new TlsFront(listener, behind);
        daemon(front::accept);
        return front;
    }

    private static Path certificate(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("camera.p12");
        if (!Files.exists(store)) {
            Process keytool =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "keytool")
                                            .toString(),
                                    "-genkeypair",
                                    "-alias",
                                    "camera",
                                    "-keyalg",
                                    "EC",
                                    "-dname",
                                    "CN=camera",
                                    "-validity",
                                    "2",
                                    "-storetype",
                                    "PKCS12",
                                    "-storepass",
                                    new String(PASSWORD),
                                    "-keystore",
                                    store.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool makes no certificate");
            }
        }
        return store;
    }

    public int port() {
        return listener.getLocalPort();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "visionops-testkit-tls");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket outside = listener.accept();
                Socket inside = new Socket(InetAddress.getLoopbackAddress(), behind);
                open.add(outside);
                open.add(inside);
                daemon(() -> pass(outside, inside));
                daemon(() -> pass(inside, outside));
            }
        } catch (IOException closed) {
            // That is how accepting ends.
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[8192];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                out.write(some, 0, n);
                out.flush();
            }
        } catch (IOException ended) {
            // One of the two has gone.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket one : open) {
            one.close();
        }
    }
}
