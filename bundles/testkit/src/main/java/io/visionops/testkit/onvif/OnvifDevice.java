package io.visionops.testkit.onvif;

import io.visionops.testkit.onvif.OnvifScript.Manner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HTTP side of a device, over real sockets. */
public final class OnvifDevice implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final OnvifScript script;
    private final ServerSocket listener;
    private final OnvifGuard guard;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "onvif-device");
                        thread.setDaemon(true);
                        return thread;
                    });

    /** All that it was sent, headers included. */
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private OnvifDevice(OnvifScript script, InetAddress bind) throws IOException {
        this.script = script;
        this.guard = new OnvifGuard(script);
        this.listener = new ServerSocket(0, 50, bind);
    }

    public static OnvifDevice start(OnvifScript script) {
        return start(script, InetAddress.getLoopbackAddress());
    }

    /** At another address of this computer, as one that was found by multicast is. */
    public static OnvifDevice start(OnvifScript script, InetAddress bind) {
        try {
            OnvifDevice device = new OnvifDevice(script, bind);
            device.threads.execute(device::accept);
            return device;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** {@code HOST:PORT}, as it is asked for directly. */
    public String hostAndPort() {
        return listener.getInetAddress().getHostAddress() + ":" + port();
    }

    /** What it names as the address of its device service. */
    public String service() {
        return "http://" + script.host() + ":" + port() + "/onvif/device_service";
    }

    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** Logins that were refused. */
    public int refusals() {
        return guard.refusals();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException | java.util.concurrent.RejectedExecutionException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String request = read(socket.getInputStream());
            heard.add(request);
            OutputStream out = socket.getOutputStream();
            if (script.manner() != Manner.PROPER) {
                OnvifMischief.commit(script.manner(), socket);
                return;
            }
            boolean open = request.contains("GetSystemDateAndTime");
            String challenge = open ? "" : guard.challenge(request);
            if (challenge.startsWith("HTTP/")) {
                out.write(challenge.getBytes(StandardCharsets.ISO_8859_1));
            } else if (!challenge.isEmpty()) {
                out.write(http("400 Bad Request", challenge));
            } else {
                out.write(answer(request));
            }
            out.flush();
        } catch (IOException e) {
            // The client went away, as it may.
        }
    }

    private byte[] answer(String request) {
        String content =
                OnvifAnswers.to(request, script, port(), Instant.now().plus(script.ahead()));
        return content.contains("Fault>")
                ? http("500 Internal Server Error", content)
                : http("200 OK", content);
    }

    static byte[] http(String status, String content) {
        byte[] body = OnvifAnswers.envelope(content).getBytes(StandardCharsets.UTF_8);
        // In two chunks, as gSOAP sends it.
        String first = new String(body, 0, 10, StandardCharsets.ISO_8859_1);
        String rest = new String(body, 10, body.length - 10, StandardCharsets.ISO_8859_1);
        return ("HTTP/1.1 "
                        + status
                        + "\r\nServer: gSOAP/2.8\r\nContent-Type: application/soap+xml;"
                        + " charset=utf-8\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                        + "a\r\n"
                        + first
                        + "\r\n"
                        + Integer.toHexString(body.length - 10)
                        + "\r\n"
                        + rest
                        + "\r\n0\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        int headEnd = -1;
        int length = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            text.append((char) c);
            if (headEnd < 0
                    && text.length() > 4
                    && text.substring(text.length() - 4).equals("\r\n\r\n")) {
                headEnd = text.length();
                Matcher given = LENGTH.matcher(text);
                length = given.find() ? Integer.parseInt(given.group(1)) : 0;
            }
            if (headEnd >= 0 && text.length() - headEnd >= length) {
                break;
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
