package io.visionops.ingest.internal.trust;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LoginScheme;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.FfmpegErrorClassifier;
import io.visionops.ingest.internal.wire.CameraClient;
import io.visionops.ingest.internal.wire.DeviceSocket;
import io.visionops.ingest.internal.wire.Redirection;
import io.visionops.support.network.Answer;
import io.visionops.support.network.Deadline;
import io.visionops.support.network.DeviceTls;
import io.visionops.support.network.ProtocolError;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a camera what a decoder would ask first, without user and password: which login it wants,
 * and which certificate it has. Thread-safe.
 */
final class IdentityProbe {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityProbe.class);

    /** ffmpeg gives up after as long. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String CHANGING = "another certificate with each connection";

    private final Ticker ticker;

    IdentityProbe(Ticker ticker) {
        this.ticker = ticker;
    }

    /** It is there, and what it is cannot be found out. */
    static final class Inconclusive extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Fault fault;

        Inconclusive(Cause cause, String detail) {
            super(detail);
            this.fault = new Fault(cause, detail);
        }

        Fault fault() {
            return fault;
        }
    }

    /**
     * @param expected whether to go on with who has this certificate; nothing is said to others
     * @throws Mistrusted when it cannot be reached, or sends us to somebody else
     */
    Shown of(Address address, Predicate<X509Certificate> expected) throws Mistrusted, Inconclusive {
        Deadline deadline = Deadline.in(ticker, LIMIT);
        InetAddress[] hosts = found(address, deadline);
        Socket plain = connected(hosts, address, deadline);
        Optional<X509Certificate> certificate = Optional.empty();
        try {
            Socket socket = plain;
            if (isSecure(address)) {
                SSLSocket secure = DeviceTls.over(plain, address.host(), deadline);
                socket = secure;
                certificate =
                        Optional.of((X509Certificate) secure.getSession().getPeerCertificates()[0]);
            }
            Shown shown = new Shown(LoginScheme.NONE, certificate);
            boolean stranger = certificate.isPresent() && !expected.test(certificate.get());
            try (CameraClient dialogue =
                    new CameraClient(
                            address,
                            socket,
                            () -> again(hosts, address, deadline, shown),
                            deadline)) {
                return stranger || address.login().isEmpty()
                        ? shown
                        : shown.with(asked(dialogue, address));
            }
        } catch (SSLException e) {
            throw new Inconclusive(Cause.TLS, ofTls(e));
        } catch (SocketTimeoutException e) {
            throw new Inconclusive(Cause.TIMEOUT, "");
        } catch (ProtocolError e) {
            throw new Inconclusive(Cause.NOT_FOUND, "what answers there " + e.getMessage());
        } catch (EOFException e) {
            throw new Inconclusive(Cause.END_OF_STREAM, "the camera ends the connection");
        } catch (IOException e) {
            LOG.debug("the connection broke", e);
            throw new Inconclusive(Cause.END_OF_STREAM, FfmpegErrorClassifier.BROKEN);
        }
    }

    private static LoginScheme asked(CameraClient dialogue, Address address)
            throws IOException, Inconclusive, Mistrusted {
        LoginScheme first = LoginScheme.NONE;
        if (address.scheme().isRtsp()) {
            Answer greeting = dialogue.ask("OPTIONS", "");
            refuseElsewhere(address, greeting);
            first = Challenges.of(greeting);
        }
        Answer answer = dialogue.ask(address.scheme().isRtsp() ? "DESCRIBE" : "GET", "");
        refuseElsewhere(address, answer);
        LoginScheme asked = Challenges.worse(first, Challenges.of(answer));
        int status = answer.status();
        if (asked == LoginScheme.NONE && status >= 400 && status != 401) {
            throw new Inconclusive(cause(status), "the camera answered " + status);
        }
        return asked;
    }

    /** Over HTTP a decoder takes no login along. */
    private static void refuseElsewhere(Address address, Answer answer) throws Mistrusted {
        Optional<String> place =
                address.scheme().isRtsp()
                        ? Redirection.elsewhere(address, answer)
                        : Optional.empty();
        if (place.isPresent()) {
            throw new Mistrusted(
                    new Fault(
                            Cause.NOT_FOUND,
                            "the camera sends us to "
                                    + place.get()
                                    + ", which is not given its login: write that address, if it"
                                    + " is right"));
        }
    }

    /** As a decoder's words would be read. */
    private static Cause cause(int status) {
        return switch (status) {
            case 403 -> Cause.UNAUTHORISED;
            case 400, 404, 410 -> Cause.NOT_FOUND;
            default -> Cause.REFUSED;
        };
    }

    private static InetAddress[] found(Address address, Deadline deadline) throws Mistrusted {
        try {
            return DeviceSocket.find(address.host(), deadline);
        } catch (UnknownHostException e) {
            throw unreachable(Cause.NAME_RESOLUTION, "");
        } catch (IOException e) {
            throw unreachable(Cause.NAME_RESOLUTION, "the name server does not answer");
        }
    }

    private static Socket connected(InetAddress[] hosts, Address address, Deadline deadline)
            throws Mistrusted {
        try {
            return DeviceSocket.open(hosts, address.port(), deadline);
        } catch (SocketTimeoutException e) {
            throw unreachable(Cause.TIMEOUT, FfmpegErrorClassifier.NOT_CONNECTED);
        } catch (ConnectException e) {
            LOG.debug("no connection", e);
            throw unreachable(Cause.REFUSED, FfmpegErrorClassifier.NOT_LISTENING);
        } catch (IOException e) {
            LOG.debug("no connection", e);
            throw unreachable(Cause.UNREACHABLE, "");
        }
    }

    private static Mistrusted unreachable(Cause cause, String detail) {
        return new Mistrusted(new Fault(cause, detail));
    }

    /** Only to the same: another certificate in the middle of a conversation ends it. */
    private static Socket again(
            InetAddress[] hosts, Address address, Deadline deadline, Shown shown)
            throws IOException {
        Socket plain = DeviceSocket.open(hosts, address.port(), deadline);
        if (!isSecure(address)) {
            return plain;
        }
        SSLSocket secure = DeviceTls.over(plain, address.host(), deadline);
        if (!secure.getSession().getPeerCertificates()[0].equals(same(shown))) {
            secure.close();
            throw new SSLException(CHANGING);
        }
        return secure;
    }

    private static @Nullable X509Certificate same(Shown shown) {
        return shown.certificate().orElse(null);
    }

    static boolean isSecure(Address address) {
        return address.scheme() == Address.Scheme.RTSPS || address.scheme() == Address.Scheme.HTTPS;
    }

    /** As a decoder's words would be read. */
    private static String ofTls(SSLException thrown) {
        LOG.debug("no secure connection", thrown);
        String said = String.valueOf(thrown.getMessage());
        if (said.equals(CHANGING)) {
            return said;
        }
        return said.startsWith("Unsupported or unrecognized SSL message")
                ? FfmpegErrorClassifier.NO_TLS
                : "";
    }
}
