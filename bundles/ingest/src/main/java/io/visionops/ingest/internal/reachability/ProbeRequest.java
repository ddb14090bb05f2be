package io.visionops.ingest.internal.reachability;

import io.visionops.ingest.internal.config.Address;
import java.nio.charset.StandardCharsets;

/**
 * What is said to a camera to find out whether it is there, and what counts as its answer: a
 * question that needs no login and opens no session. RTSP is asked about the stream's own path,
 * without its query and unless it holds a password: one channel of a recorder may be stuck while
 * others are well. There the answer has to be whole, for there are cameras that begin one and never
 * end it.
 *
 * @param words empty where a connection has to be answer enough
 * @param whole whether the first byte is not enough
 */
record ProbeRequest(String words, boolean whole) {

    private static final String STATUS = "RTSP/";

    static ProbeRequest of(Address address) {
        return switch (address.scheme()) {
            case RTSP ->
                    new ProbeRequest(
                            "OPTIONS %s RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: VisionOps\r\n\r\n"
                                    .formatted(target(address)),
                            true);
            case HTTP ->
                    new ProbeRequest(
                            "HEAD / HTTP/1.0\r\nHost: %s\r\nUser-Agent: VisionOps\r\n\r\n"
                                    .formatted(address.hostHeader()),
                            false);
            default -> new ProbeRequest("", false);
        };
    }

    private static String target(Address address) {
        String target = address.target();
        String place = target.substring(0, target.length() - address.path().length());
        String path = address.path().replaceFirst("[?#].*", "");
        boolean told = path.startsWith("/") && address.secrets().stream().noneMatch(path::contains);
        return place + (told ? path : "/");
    }

    byte[] bytes() {
        return words.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether it is a whole answer that has come so far. */
    boolean isAnsweredBy(String reply) {
        return whole ? reply.startsWith(STATUS) && reply.contains("\r\n\r\n") : !reply.isEmpty();
    }
}
