package io.visionops.testkit.onvif;

import io.visionops.testkit.onvif.OnvifScript.Manner;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** What a broken or hostile device answers. Ends when the other side closes. */
final class OnvifMischief {

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private OnvifMischief() {}

    static void commit(Manner manner, Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        switch (manner) {
            case ENDLESS -> endless(out, "HTTP/1.1 200 OK\r\n\r\n" + XML + "<a>", "<b/>");
            case GIGABYTE ->
                    endless(
                            out,
                            "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n<a>",
                            "<b/>");
            case ENDLESS_HEADERS -> endless(out, "HTTP/1.1 200 OK\r\n", "X-A: b\r\n");
            case ENDLESS_LINE -> endless(out, "HTTP/1.1 200 OK\r\nX-A: ", "b");
            case TRICKLE -> trickle(out);
            case ENTITY_BOMB -> send(out, 200, XML + bomb());
            case EXTERNAL_ENTITY ->
                    send(
                            out,
                            200,
                            XML
                                    + "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                                    + "<a>&x;</a>");
            case DEEP -> send(out, 200, XML + "<a>".repeat(10_000) + "</a>".repeat(10_000));
            case NO_XML -> send(out, 200, "<html><body>Login<br></body>");
            case OTHER_XML -> send(out, 200, XML + "<rss><channel/></rss>");
            case NO_HTTP -> raw(out, "SSH-2.0-dropbear_2019.78\r\n");
            case REDIRECT ->
                    raw(
                            out,
                            "HTTP/1.1 302 Found\r\nLocation: http://192.0.2.66/steal\r\n"
                                    + "Content-Length: 0\r\n\r\n");
            case SILENT -> awaitClose(socket);
            case EMPTY -> send(out, 200, "");
            case FAULT ->
                    send(
                            out,
                            500,
                            OnvifAnswers.envelope(
                                    OnvifAnswers.fault("ter:Busy", "Try again\u001b[31m later")
                                            .replace("\u001b", "&#9;")));
            case ERROR_500 -> send(out, 500, "oops");
            case HANGS_UP, PROPER -> socket.close();
        }
    }

    private static String bomb() {
        StringBuilder document = new StringBuilder("<!DOCTYPE b [<!ENTITY e0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            document.append("<!ENTITY e").append(i).append(" \"");
            document.append(("&e" + (i - 1) + ";").repeat(10)).append("\">");
        }
        return document + "]><b>&e9;</b>";
    }

    private static void send(OutputStream out, int status, String body) throws IOException {
        raw(
                out,
                "HTTP/1.1 "
                        + status
                        + " X\r\nContent-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length
                        + "\r\n\r\n"
                        + body);
    }

    private static void raw(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Until the other side has had enough, which breaks the pipe. */
    private static void endless(OutputStream out, String start, String more) throws IOException {
        raw(out, start);
        byte[] block = more.repeat(1000).getBytes(StandardCharsets.UTF_8);
        while (!Thread.currentThread().isInterrupted()) {
            out.write(block);
        }
    }

    private static void trickle(OutputStream out) throws IOException {
        raw(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        while (!Thread.currentThread().isInterrupted()) {
            raw(out, " ");
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static void awaitClose(Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) {
            // What comes is of no interest.
        }
    }
}
