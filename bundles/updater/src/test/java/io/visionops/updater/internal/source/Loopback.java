package io.visionops.updater.internal.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that says what a test wants, byte for byte. */
final class Loopback implements AutoCloseable {

    /** What is answered; the connection is closed when it returns. */
    interface Answer {
        void to(String head, OutputStream out) throws Exception;
    }

    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    final List<String> heads = new CopyOnWriteArrayList<>();

    Loopback(Answer answer) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(() -> accept(answer), "loopback");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/releases");
    }

    /** The usual head of an answer, with these lines more. */
    static byte[] head(int status, String... lines) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Because\r\n");
        for (String line : lines) {
            head.append(line).append("\r\n");
        }
        return head.append("Connection: close\r\n\r\n")
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void accept(Answer answer) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread worker = new Thread(() -> serve(socket, answer), "loopback-connection");
                worker.setDaemon(true);
                worker.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, Answer answer) {
        try (socket) {
            String head = readHead(socket.getInputStream());
            heads.add(head);
            answer.to(head, socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (Exception e) {
            // The client has gone, which is what most of these tests are about.
        }
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket one : open) {
            one.close();
        }
    }
}
