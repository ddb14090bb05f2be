package io.visionops.testkit.rtsp;

import java.nio.charset.StandardCharsets;

/** What is answered, word for word. */
final class Replies {

    private static final String SESSION = "Session: 5eed;timeout=60\r\n";

    private final Request request;

    Replies(Request request) {
        this.request = request;
    }

    byte[] ok(String headers, String body) {
        return reply(200, "OK", headers, body);
    }

    byte[] refusal(int status, String words) {
        return reply(status, words, "", "");
    }

    byte[] unauthorised(String challenge) {
        return reply(401, "Unauthorized", "WWW-Authenticate: " + challenge + "\r\n", "");
    }

    byte[] redirect() {
        return reply(302, "Moved Temporarily", "Location: " + request.uri() + "\r\n", "");
    }

    byte[] redirectAway() {
        String place = request.uri().replace("//127.0.0.1", "//localhost") + "-there";
        return reply(302, "Moved Temporarily", "Location: " + place + "\r\n", "");
    }

    byte[] methods() {
        return ok("Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER\r\n", "");
    }

    byte[] description(String media) {
        String sdp =
                """
                v=0
                o=- 1 1 IN IP4 127.0.0.1
                s=hostile
                c=IN IP4 0.0.0.0
                t=0 0
                a=control:*
                """
                        + media;
        return described(sdp.replace("\n", "\r\n"));
    }

    byte[] described(String body) {
        return ok(
                "Content-Base: " + request.uri() + "/\r\nContent-Type: application/sdp\r\n", body);
    }

    byte[] setUp() {
        return request.header("transport").contains("TCP")
                ? ok(SESSION + "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n", "")
                : refusal(461, "Unsupported Transport");
    }

    byte[] inSession() {
        return ok(SESSION, "");
    }

    /** A reply that has begun, and whose next header is still to come. */
    byte[] beginning() {
        return ascii("%s 200 OK\r\nCSeq: %s\r\n".formatted(protocol(), request.header("cseq")));
    }

    byte[] multipart() {
        return ascii(
                "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=next\r\n\r\n");
    }

    private String protocol() {
        return request.isHttp() ? "HTTP/1.1" : "RTSP/1.0";
    }

    private byte[] reply(int status, String words, String headers, String body) {
        return ascii(
                "%s %s %s\r\nCSeq: %s\r\n%sContent-Length: %s\r\n\r\n%s"
                        .formatted(
                                protocol(),
                                status,
                                words,
                                request.header("cseq"),
                                headers,
                                body.length(),
                                body));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
