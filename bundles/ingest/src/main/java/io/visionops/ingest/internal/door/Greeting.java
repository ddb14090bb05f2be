package io.visionops.ingest.internal.door;

import io.visionops.ingest.internal.config.Address;
import java.nio.charset.StandardCharsets;

/**
 * What is said to a camera to find out whether it is there: a question that needs no login and
 * opens no session. Empty where a connection has to be answer enough.
 */
final class Greeting {

    private Greeting() {}

    static byte[] of(Address address) {
        String host =
                address.host().indexOf(':') >= 0 ? "[" + address.host() + "]" : address.host();
        String text =
                switch (address.scheme()) {
                    case RTSP ->
                            "OPTIONS rtsp://%s:%d/ RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: VisionOps\r\n\r\n"
                                    .formatted(host, address.port());
                    case HTTP ->
                            "HEAD / HTTP/1.0\r\nHost: %s:%d\r\nUser-Agent: VisionOps\r\n\r\n"
                                    .formatted(host, address.port());
                    default -> "";
                };
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
