package io.visionops.support.network;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads answers of HTTP and RTSP from one connection. All that comes, headers included, is bounded
 * in bytes and in time, whatever is trickled. Used by one thread.
 */
public final class AnswerReader {

    /** A media service with sixteen profiles answers with 40 kB. */
    public static final int LIMIT = 512 * 1024;

    static final int LINE = 8 * 1024;
    private static final int HEADERS = 100;
    private static final Pattern STATUS = Pattern.compile("(HTTP|RTSP)/\\d\\.\\d (\\d{3})( .*)?");

    /** Which of the two is spoken. */
    public enum Protocol {
        HTTP,
        RTSP
    }

    private final Protocol protocol;
    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int next;
    private int end;
    private int total;

    public AnswerReader(Protocol protocol, Socket socket) throws IOException {
        this.protocol = protocol;
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /**
     * A whole answer.
     *
     * @throws SocketTimeoutException when it is not there in time
     * @throws EOFException when the connection ends before
     * @throws ProtocolError when it is none
     */
    public Answer read(Deadline deadline) throws IOException {
        Answer head = head(deadline);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<String> lengths = head.all("content-length");
        if (head.all("transfer-encoding").stream()
                .anyMatch(one -> one.toLowerCase(Locale.ROOT).contains("chunked"))) {
            chunks(body, deadline);
        } else if (!lengths.isEmpty()) {
            copy(length(lengths.get(0), 10), body, deadline);
        } else if (protocol == Protocol.HTTP) {
            untilEnd(body, deadline);
        }
        return new Answer(head.status(), head.headers(), body.toByteArray());
    }

    /** What precedes the body of an answer, which may have no end. */
    public Answer head(Deadline deadline) throws IOException {
        total = 0;
        int status;
        Map<String, List<String>> headers;
        do {
            status = status(line(deadline));
            headers = headers(deadline);
        } while (status >= 100 && status < 200);
        return new Answer(status, headers, new byte[0]);
    }

    private int status(String line) throws ProtocolError {
        Matcher status = STATUS.matcher(line);
        if (!status.matches() || !status.group(1).equals(protocol.name())) {
            throw new ProtocolError("does not speak " + protocol + " there", Words.line(line));
        }
        return Integer.parseInt(status.group(2));
    }

    private Map<String, List<String>> headers(Deadline deadline) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        int count = 0;
        for (String line = line(deadline); !line.isEmpty(); line = line(deadline)) {
            if (++count > HEADERS) {
                throw new ProtocolError("answers with more than " + HEADERS + " headers");
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

    private static int length(String written, int radix) throws ProtocolError {
        try {
            int length = Integer.parseInt(written.strip(), radix);
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ProtocolError("answers with a length that is no number");
    }

    private void chunks(ByteArrayOutputStream body, Deadline deadline) throws IOException {
        for (int size = chunk(deadline); size > 0; size = chunk(deadline)) {
            copy(size, body, deadline);
            line(deadline);
        }
    }

    private int chunk(Deadline deadline) throws IOException {
        return length(line(deadline).split(";", 2)[0], 16);
    }

    private void copy(int length, ByteArrayOutputStream body, Deadline deadline)
            throws IOException {
        if (length > LIMIT) {
            throw tooLong();
        }
        for (int i = 0; i < length; i++) {
            body.write(one(deadline));
        }
    }

    private void untilEnd(ByteArrayOutputStream body, Deadline deadline) throws IOException {
        while (next < end || fill(deadline)) {
            body.write(buffer[next++]);
        }
    }

    private String line(Deadline deadline) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = one(deadline); c != '\n'; c = one(deadline)) {
            if (line.length() >= LINE) {
                throw new ProtocolError("answers with a line longer than " + LINE + " bytes");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private int one(Deadline deadline) throws IOException {
        if (next == end && !fill(deadline)) {
            throw new EOFException("the connection ended");
        }
        return buffer[next++] & 0xff;
    }

    private boolean fill(Deadline deadline) throws IOException {
        if (deadline.isPast()) {
            throw new SocketTimeoutException("nothing came in time");
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

    private static ProtocolError tooLong() {
        return new ProtocolError("answers with more than " + LIMIT / 1024 + " kB");
    }
}
