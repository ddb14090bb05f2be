package io.visionops.health.internal.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** What is asked of the network. Each call waits. */
interface Network {

    /** Has no limit of its own. */
    List<InetAddress> resolve(String host) throws IOException;

    /** Makes a connection and ends it. */
    void connect(InetSocketAddress to, Duration limit) throws IOException;

    /** That of this computer. */
    static Network ofSystem() {
        return new Network() {

            @Override
            public List<InetAddress> resolve(String host) throws IOException {
                return List.of(InetAddress.getAllByName(host));
            }

            @Override
            public void connect(InetSocketAddress to, Duration limit) throws IOException {
                try (Socket socket = new Socket()) {
                    socket.connect(to, (int) limit.toMillis());
                }
            }
        };
    }
}
