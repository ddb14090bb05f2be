package io.visionops.ingest.internal.onvif;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request over a connection of its own. Not the client of java.net.http, whose limits end where
 * the headers do: here everything that a device sends, headers included, is bounded in bytes and in
 * time, whatever it trickles, and redirects are not followed. Stateless.
 */
final class HttpPost {

    /** A media service with sixteen profiles answers with 40 kB. */
    static final int LIMIT = 512 * 1024;

    private static final int LINE = 8 * 1024;
    private static final int HEADERS = 100;

    /**
     * @param headers lines without an end of line
     */
    HttpAnswer send(
            InetAddress address, Place place, List<String> headers, byte[] body, Deadline deadline)
            throws DeviceException {
        int port = place.port() == 0 ? 80 : place.port();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), deadline.millis());
            socket.setTcpNoDelay(true);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            StringBuilder head = new StringBuilder();
            head.append("POST ").append(place.path()).append(" HTTP/1.1\r\n");
            head.append("Host: ").append(place.authority()).append("\r\n");
            headers.forEach(line -> head.append(line).append("\r\n"));
            head.append("Content-Length: ").append(body.length).append("\r\n");
            head.append("Connection: close\r\n\r\n");
            request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            request.writeBytes(body);
            // Small enough for the send buffer of any system: does not block.
            socket.getOutputStream().write(request.toByteArray());
            return new Reply(socket, deadline).read();
        } catch (SocketTimeoutException e) {
            throw new DeviceException("does not answer in time", e);
        } catch (ConnectException e) {
            throw new DeviceException("refuses connections at port " + port, e);
        } catch (EOFException e) {
            throw new DeviceException("ends the connection without a whole answer", e);
        } catch (IOException e) {
            throw new DeviceException(
                    "cannot be asked at port " + port + ": " + Words.line("" + e.getMessage()), e);
        }
    }

    /** Reads one answer. */
    private static final class Reply {
        private final Socket socket;
        private final InputStream in;
        private final Deadline deadline;
        private final byte[] buffer = new byte[8192];
        private int next;
        private int end;
        private int total;

        Reply(Socket socket, Deadline deadline) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.deadline = deadline;
        }

        HttpAnswer read() throws IOException, DeviceException {
            int status;
            Map<String, List<String>> headers;
            do {
                status = status(line());
                headers = headers();
            } while (status >= 100 && status < 200);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            List<String> lengths = headers.getOrDefault("content-length", List.of());
            if (headers.getOrDefault("transfer-encoding", List.of()).stream()
                    .anyMatch(one -> one.toLowerCase(Locale.ROOT).contains("chunked"))) {
                chunks(body);
            } else if (lengths.isEmpty()) {
                untilEnd(body);
            } else {
                copy(length(lengths.get(0), 10), body);
            }
            return new HttpAnswer(status, headers, body.toByteArray());
        }

        private static int status(String line) throws DeviceException {
            if (!line.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
                throw new DeviceException("does not speak HTTP there");
            }
            return Integer.parseInt(line.substring(9, 12));
        }

        private Map<String, List<String>> headers() throws IOException, DeviceException {
            Map<String, List<String>> headers = new TreeMap<>();
            int count = 0;
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (++count > HEADERS) {
                    throw new DeviceException("answers with more than " + HEADERS + " headers");
                }
                int colon = line.indexOf(':');
                if (colon > 0) {
                    headers.computeIfAbsent(
                                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                                    unused -> new ArrayList<>())
                            .add(line.substring(colon + 1).strip());
                }
            }
            return headers;
        }

        private static int length(String written, int radix) throws DeviceException {
            try {
                int length = Integer.parseInt(written.strip(), radix);
                if (length >= 0) {
                    return length;
                }
            } catch (NumberFormatException e) {
                throw new DeviceException("answers with a length that is no number", e);
            }
            throw new DeviceException("answers with a length that is no number");
        }

        private void chunks(ByteArrayOutputStream body) throws IOException, DeviceException {
            for (int size = chunk(); size > 0; size = chunk()) {
                copy(size, body);
                line();
            }
        }

        private int chunk() throws IOException, DeviceException {
            return length(line().split(";", 2)[0], 16);
        }

        private void copy(int length, ByteArrayOutputStream body)
                throws IOException, DeviceException {
            if (length > LIMIT) {
                throw tooLong();
            }
            for (int i = 0; i < length; i++) {
                body.write(one());
            }
        }

        private void untilEnd(ByteArrayOutputStream body) throws IOException, DeviceException {
            while (next < end || fill()) {
                body.write(buffer[next++]);
            }
        }

        private String line() throws IOException, DeviceException {
            StringBuilder line = new StringBuilder();
            for (int c = one(); c != '\n'; c = one()) {
                if (line.length() >= LINE) {
                    throw new DeviceException("answers with a line longer than " + LINE + " bytes");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        private int one() throws IOException, DeviceException {
            if (next == end && !fill()) {
                throw new EOFException();
            }
            return buffer[next++] & 0xff;
        }

        private boolean fill() throws IOException, DeviceException {
            if (deadline.isPast()) {
                throw new SocketTimeoutException();
            }
            if (total > LIMIT) {
                throw tooLong();
            }
            socket.setSoTimeout(deadline.millis());
            int read = in.read(buffer);
            if (read < 0) {
                return false;
            }
            next = 0;
            end = read;
            total += read;
            return true;
        }

        private static DeviceException tooLong() {
            return new DeviceException("answers with more than " + LIMIT / 1024 + " kB");
        }
    }
}
