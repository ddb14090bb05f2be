package io.visionops.discovery.internal;

import io.visionops.api.discovery.Search.Login;
import io.visionops.support.network.Answer;
import io.visionops.support.network.Deadline;
import io.visionops.support.network.DigestLogin;
import io.visionops.support.network.Words;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one device, with its login once it is known which way it wants it. Used by one thread.
 */
final class Soap {

    /** A device that is well answers in a tenth of it. */
    static final Duration CALL = Duration.ofSeconds(3);

    private final HttpPost http;
    private final InetAddress address;
    private final Optional<Login> login;
    private final Clock clock;
    private final RandomGenerator random;
    private final Deadline deadline;

    /** How far the device's clock is ahead of ours. */
    private Duration ahead = Duration.ZERO;

    /** The device wants the login in HTTP and not in the message. */
    private boolean inHttp;

    Soap(
            HttpPost http,
            InetAddress address,
            Optional<Login> login,
            Clock clock,
            RandomGenerator random,
            Deadline deadline) {
        this.http = http;
        this.address = address;
        this.login = login;
        this.clock = clock;
        this.random = random;
        this.deadline = deadline;
    }

    void useClockAhead(Duration difference) {
        ahead = difference;
    }

    /** Without a login, as the first words of a conversation are. */
    Xml ask(ServiceUrl place, String body, Duration patience) throws DeviceException {
        return content(post(place, envelope("", body), null, deadline.atMost(patience)));
    }

    boolean isOutOfTime() {
        return deadline.isPast();
    }

    /** With the login, if there is one. */
    Xml call(ServiceUrl place, String body) throws DeviceException {
        Answer answer = post(place, envelope(security(), body), null, deadline.atMost(CALL));
        if (answer.status() == 401 && login.isPresent()) {
            Optional<DigestLogin> challenge = DigestLogin.of(answer.all("www-authenticate"));
            if (challenge.isPresent()) {
                inHttp = true;
                byte[] nonce = new byte[8];
                random.nextBytes(nonce);
                String line =
                        challenge
                                .get()
                                .answer(
                                        login.get(),
                                        "POST",
                                        place.path(),
                                        HexFormat.of().formatHex(nonce));
                answer = post(place, envelope("", body), line, deadline.atMost(CALL));
            } else if (!answer.all("www-authenticate").isEmpty()) {
                throw new DeviceException.Refused(
                        "wants the password as it is, which it does not get");
            }
        }
        return content(answer);
    }

    private String security() {
        if (login.isEmpty() || inHttp) {
            return "";
        }
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        return UsernameToken.header(login.get(), nonce, clock.instant().plus(ahead));
    }

    private static byte[] envelope(String header, String body) {
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope"
                        + " xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header>"
                        + header
                        + "</s:Header><s:Body>"
                        + body
                        + "</s:Body></s:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Answer post(ServiceUrl place, byte[] envelope, @Nullable String more, Deadline until)
            throws DeviceException {
        if (deadline.isPast()) {
            throw new DeviceException("does not answer in time");
        }
        List<String> headers = new ArrayList<>();
        headers.add("Content-Type: application/soap+xml; charset=utf-8");
        if (more != null) {
            headers.add(more);
        }
        return http.send(address, place, headers, envelope, until);
    }

    /** The body of a good answer. */
    private Xml content(Answer answer) throws DeviceException {
        int status = answer.status();
        if (status >= 300 && status < 400) {
            Optional<ServiceUrl> place = ServiceUrl.parse(answer.header("location"));
            throw new MovedException(
                    "sends us elsewhere, to "
                            + place.map(one -> Words.line(one.url())).orElse("no address")
                            + ": not followed",
                    place);
        }
        if (status == 401 || status == 403) {
            throw refused();
        }
        if (status == 404) {
            throw new DeviceException.Unsupported("has no such service");
        }
        if (answer.body().length == 0) {
            throw new DeviceException("answers with HTTP " + status + " and nothing else");
        }
        Xml document;
        try {
            document = Xml.parse(answer.body());
        } catch (DeviceException e) {
            if (status == 200) {
                throw e;
            }
            throw new DeviceException("answers with HTTP " + status, e);
        }
        Optional<Xml> fault = document.find("Fault");
        if (fault.isPresent()) {
            throw fault(fault.get());
        }
        if (status != 200 || !document.name().equals("Envelope")) {
            throw new DeviceException("answers with HTTP " + status + " and no SOAP message");
        }
        return document.find("Body").orElse(document);
    }

    private DeviceException fault(Xml fault) {
        String codes =
                String.join(" ", fault.all("Value").stream().map(Xml::text).toList())
                        + " "
                        + fault.text("faultcode");
        String reason = fault.text("Text") + fault.text("faultstring");
        if ((codes + reason)
                        .matches("(?is).*(NotAuthori[sz]ed|FailedAuthentication|Unauthori[sz]ed).*")
                || reason.matches("(?is).*\\bnot authori[sz]ed\\b.*")) {
            return refused();
        }
        if (codes.matches("(?is).*(ActionNotSupported|NotImplemented|NoSuchService).*")) {
            return new DeviceException.Unsupported("does not know what was asked");
        }
        return new DeviceException(
                "answers with a fault: " + Words.line(reason.isEmpty() ? codes : reason));
    }

    private DeviceException.Refused refused() {
        return new DeviceException.Refused(
                login.isPresent()
                        ? "refuses the user or password"
                        : "tells its streams only after a login");
    }
}
