package io.visionops.ingest.internal.connectiontest;

import io.visionops.api.camera.CameraIdentity;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.trust.Comparison;
import io.visionops.ingest.internal.wire.DeviceSocket;
import io.visionops.support.network.Deadline;
import io.visionops.support.network.DeviceTls;
import io.visionops.support.network.Words;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Connects to a camera: its name, its port, and TLS where that is asked for. Used by one thread.
 */
final class Way {

    private static final Duration STEP = Duration.ofSeconds(5);

    private final Address address;
    private final Optional<CameraIdentity> known;
    private final Deadline deadline;
    private final Stages stages;
    private InetAddress[] hosts = {};

    Way(Address address, Optional<CameraIdentity> known, Deadline deadline, Stages stages) {
        this.address = address;
        this.known = known;
        this.deadline = deadline;
        this.stages = stages;
    }

    /** Goes it for the first time, stage by stage. */
    Socket go() throws StageFailed {
        hosts = hosts();
        return secured(connect());
    }

    /** Goes it again. */
    Socket again() throws IOException {
        Socket socket = open();
        if (!isSecure()) {
            return socket;
        }
        SSLSocket secure = handshake(socket);
        if (stranger(secure).isPresent()) {
            secure.close();
            throw new SSLException("it shows another certificate");
        }
        return secure;
    }

    private Optional<Fault> stranger(SSLSocket secure) throws IOException {
        X509Certificate certificate =
                (X509Certificate) secure.getSession().getPeerCertificates()[0];
        return Comparison.certificate(known, certificate);
    }

    private InetAddress[] hosts() throws StageFailed {
        try {
            InetAddress[] known = DeviceSocket.find(address.host(), deadline);
            stages.passed(StageName.NAME, known[0].getHostAddress());
            return known;
        } catch (UnknownHostException e) {
            throw new StageFailed(
                    StageName.NAME,
                    Cause.NAME_RESOLUTION,
                    "the host name " + address.host() + " is not known",
                    "Correct the name, or write the camera's IP address instead.");
        } catch (IOException e) {
            throw new StageFailed(
                    StageName.NAME,
                    Cause.NAME_RESOLUTION,
                    "the name server does not answer",
                    "Write the camera's IP address instead of its name, or look at the network.");
        }
    }

    private Socket connect() throws StageFailed {
        try {
            Socket socket = open();
            stages.passed(StageName.TCP, "port " + address.port() + " is open");
            return socket;
        } catch (SocketTimeoutException e) {
            throw new StageFailed(
                    StageName.TCP,
                    Cause.TIMEOUT,
                    "nothing answers at " + where(),
                    "Is the camera switched on, is the address right, does a firewall drop the"
                            + " connection?");
        } catch (ConnectException e) {
            throw new StageFailed(
                    StageName.TCP,
                    Cause.REFUSED,
                    "the host is there, but port " + address.port() + " is closed",
                    "Correct the port in the url, or switch the camera's "
                            + (address.scheme().isRtsp() ? "RTSP" : "HTTP")
                            + " on in its settings.");
        } catch (IOException e) {
            throw new StageFailed(
                    StageName.TCP,
                    Cause.UNREACHABLE,
                    "there is no way to " + where() + ": " + Words.line("" + e.getMessage()),
                    "Is the camera switched on, and in a network that this computer reaches?");
        }
    }

    private String where() {
        return address.host() + " port " + address.port();
    }

    private Socket open() throws IOException {
        return DeviceSocket.open(hosts, address.port(), deadline);
    }

    private boolean isSecure() {
        return address.scheme() == Address.Scheme.RTSPS || address.scheme() == Address.Scheme.HTTPS;
    }

    private SSLSocket handshake(Socket socket) throws IOException {
        return DeviceTls.over(socket, address.host(), deadline.atMost(STEP));
    }

    private Socket secured(Socket socket) throws StageFailed {
        if (!isSecure()) {
            return socket;
        }
        try {
            SSLSocket secure = handshake(socket);
            Optional<Fault> stranger = stranger(secure);
            if (stranger.isPresent()) {
                secure.close();
                throw Advice.mistrusted(StageName.TLS, stranger.get());
            }
            stages.passed(
                    StageName.TLS,
                    known.flatMap(CameraIdentity::certificate).isPresent()
                            ? "the connection is secure, with the certificate that is remembered"
                            : "the connection is secure; who vouches for it is not checked");
            return secure;
        } catch (SSLException e) {
            throw new StageFailed(
                    StageName.TLS,
                    Cause.TLS,
                    "no secure connection: " + Words.line("" + e.getMessage()),
                    notSecure());
        } catch (SocketTimeoutException e) {
            throw new StageFailed(
                    StageName.TLS,
                    Cause.TIMEOUT,
                    "the port is open, but nothing answers",
                    notSecure());
        } catch (IOException e) {
            throw new StageFailed(
                    StageName.TLS,
                    Cause.TLS,
                    "the camera ends the connection: " + Words.line("" + e.getMessage()),
                    notSecure());
        }
    }

    private String notSecure() {
        return "The port may not be the secure one: try "
                + (address.scheme().isRtsp() ? "rtsp" : "http")
                + ":// or the camera's other port; if it is, restart the camera or renew its"
                + " certificate.";
    }
}
