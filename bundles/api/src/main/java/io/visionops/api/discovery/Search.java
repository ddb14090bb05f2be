package io.visionops.api.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is looked for, and for how long.
 *
 * @param hosts {@code HOST} or {@code HOST:PORT} of devices to ask directly, for networks without
 *     multicast; empty: whatever answers on the networks of this computer
 * @param login tried at every device found, never as plain text
 * @param width of the pictures that will be analysed, in pixels: the stream that serves it at the
 *     least cost is recommended
 * @param limit for all of it, 1 s to 60 s
 */
public record Search(List<String> hosts, Optional<Login> login, int width, Duration limit) {

    public Search {
        hosts = List.copyOf(hosts);
    }

    /** User and password of devices. */
    public record Login(String user, String password) {

        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }
}
