package io.visionops.discovery.internal;

import io.visionops.support.network.Answer;
import io.visionops.support.network.AnswerReader;
import io.visionops.support.network.Deadline;
import io.visionops.support.network.DeviceTls;
import io.visionops.support.network.ProtocolError;
import io.visionops.support.network.Words;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request over a connection of its own. Not the client of java.net.http, whose limits end where
 * the headers do; redirects are not followed. Stateless.
 */
final class HttpPost {

    private static final Logger LOG = LoggerFactory.getLogger(HttpPost.class);

    private final Cancellation cancellation;

    HttpPost(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    /**
     * @param headers lines without an end of line
     */
    Answer send(
            InetAddress address,
            ServiceUrl place,
            List<String> headers,
            byte[] body,
            Deadline deadline)
            throws DeviceException {
        int port = place.port() != 0 ? place.port() : place.isSecure() ? 443 : 80;
        Socket plain = new Socket();
        Runnable close = () -> close(plain);
        cancellation.onCancel(close);
        try {
            plain.connect(new InetSocketAddress(address, port), deadline.millis());
            plain.setTcpNoDelay(true);
            Socket socket =
                    place.isSecure() ? DeviceTls.over(plain, place.host(), deadline) : plain;
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
            return new AnswerReader(AnswerReader.Protocol.HTTP, socket).read(deadline);
        } catch (SocketTimeoutException e) {
            throw new DeviceException("does not answer in time", e);
        } catch (ConnectException e) {
            throw new DeviceException("refuses connections at port " + port, e);
        } catch (EOFException e) {
            throw new DeviceException("ends the connection without a whole answer", e);
        } catch (ProtocolError e) {
            throw new DeviceException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new DeviceException(
                    "cannot be asked at port " + port + ": " + Words.line("" + e.getMessage()), e);
        } finally {
            cancellation.forget(close);
            close(plain);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a connection failed", e);
        }
    }
}
