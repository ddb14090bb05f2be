package io.visionops.ingest.internal.wire;

import io.visionops.support.network.Deadline;
import io.visionops.support.network.TimeLimited;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Connections to devices. Stateless. */
public final class DeviceSocket {

    /** ffmpeg waits as long. */
    private static final Duration STEP = Duration.ofSeconds(5);

    /** A host may have several addresses, of which the decoder too takes the first that accepts. */
    private static final int HOSTS = 4;

    private DeviceSocket() {}

    /**
     * All addresses of a host, of which there is at least one.
     *
     * @throws java.net.UnknownHostException when its name is not known
     * @throws java.net.SocketTimeoutException when the name server does not answer in time
     */
    public static InetAddress[] find(String host, Deadline deadline) throws IOException {
        return TimeLimited.call(() -> InetAddress.getAllByName(host), deadline.atMost(STEP));
    }

    /**
     * A connection to the first that accepts one.
     *
     * @throws IOException what the last one said
     */
    public static Socket open(InetAddress[] hosts, int port, Deadline deadline) throws IOException {
        IOException last = new ConnectException("no address");
        for (int i = 0; i < Math.min(HOSTS, hosts.length); i++) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(
                        new InetSocketAddress(hosts[i], port), deadline.atMost(STEP).millis());
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }
}
