package io.visionops.ingest.internal.wire;

import io.visionops.ingest.internal.config.Address;
import io.visionops.support.network.Answer;
import io.visionops.support.network.AnswerReader;
import io.visionops.support.network.AnswerReader.Protocol;
import io.visionops.support.network.Deadline;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Questions to a camera, each with its own deadline. RTSP goes over one connection, to which the
 * challenge of a login may be bound; over HTTP the answer to a question may have no end, so each
 * has a connection of its own. Used by one thread.
 */
public final class CameraClient implements Closeable {

    /** ffmpeg waits as long. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Address address;
    private final Connector connector;
    private final Deadline deadline;
    private Socket socket;
    private AnswerReader reader;
    private int asked;

    /** Makes another connection like the first. */
    @FunctionalInterface
    public interface Connector {
        Socket connect() throws IOException;
    }

    /**
     * @param first a connection, which is closed with this
     */
    public CameraClient(Address address, Socket first, Connector connector, Deadline deadline)
            throws IOException {
        this.address = address;
        this.connector = connector;
        this.deadline = deadline;
        this.socket = first;
        this.reader = new AnswerReader(protocol(), first);
    }

    private Protocol protocol() {
        return address.scheme().isRtsp() ? Protocol.RTSP : Protocol.HTTP;
    }

    /**
     * @param header one more line; may be empty
     */
    public Answer ask(String method, String header) throws IOException {
        if (asked++ == 0) {
            return once(method, header);
        }
        if (protocol() == Protocol.HTTP) {
            reconnect();
            return once(method, header);
        }
        try {
            return once(method, header);
        } catch (EOFException | SocketException ended) {
            // Some close the connection with each answer.
            reconnect();
            return once(method, header);
        }
    }

    private void reconnect() throws IOException {
        socket.close();
        socket = connector.connect();
        reader = new AnswerReader(protocol(), socket);
    }

    private Answer once(String method, String header) throws IOException {
        StringBuilder question = new StringBuilder();
        if (protocol() == Protocol.RTSP) {
            question.append(method).append(' ').append(address.target()).append(" RTSP/1.0\r\n");
            question.append("CSeq: ").append(asked).append("\r\n");
            if (method.equals("DESCRIBE")) {
                question.append("Accept: application/sdp\r\n");
            }
        } else {
            question.append(method).append(' ').append(address.target()).append(" HTTP/1.1\r\n");
            question.append("Host: ").append(address.hostHeader()).append("\r\n");
            question.append("Accept: */*\r\nConnection: close\r\n");
        }
        question.append("User-Agent: VisionOps\r\n");
        if (!header.isEmpty()) {
            question.append(header).append("\r\n");
        }
        question.append("\r\n");
        Deadline patience = deadline.atMost(PATIENCE);
        // Small enough for the send buffer of any system: does not block.
        socket.getOutputStream().write(question.toString().getBytes(StandardCharsets.UTF_8));
        return protocol() == Protocol.RTSP ? reader.read(patience) : reader.head(patience);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
