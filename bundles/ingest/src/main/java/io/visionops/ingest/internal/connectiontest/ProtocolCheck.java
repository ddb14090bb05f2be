package io.visionops.ingest.internal.connectiontest;

import io.visionops.api.camera.CameraIdentity;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.LoginScheme;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.decoder.DecoderCommand.Supply;
import io.visionops.ingest.internal.decoder.Playlists;
import io.visionops.ingest.internal.trust.Challenges;
import io.visionops.ingest.internal.trust.Comparison;
import io.visionops.ingest.internal.wire.CameraClient;
import io.visionops.ingest.internal.wire.Redirection;
import io.visionops.support.network.Answer;
import io.visionops.support.network.Deadline;
import io.visionops.support.network.ProtocolError;
import io.visionops.support.network.Words;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Goes to a camera ourselves, as far as a description of its stream, because a decoder that fails
 * does not say how far it came. Asks what a decoder would ask, with one try at the login. Used by
 * one thread.
 */
final class ProtocolCheck {

    private final Address address;
    private final Optional<CameraIdentity> known;
    private final Deadline deadline;
    private final Stages stages;

    /**
     * @param description what the camera says
     * @param elsewhere where it sends us; the decoder follows, we do not
     * @param login whether the decoder is to be given user and password
     * @param supply how its pictures come
     */
    record Seen(
            SdpDescription description, Optional<String> elsewhere, boolean login, Supply supply) {

        Seen(SdpDescription description, Optional<String> elsewhere) {
            this(description, elsewhere, true, Supply.STREAM);
        }
    }

    /**
     * @param known what the camera showed at its first success
     */
    ProtocolCheck(
            Address address, Optional<CameraIdentity> known, Deadline deadline, Stages stages) {
        this.address = address;
        this.known = known;
        this.deadline = deadline;
        this.stages = stages;
    }

    Seen go() throws StageFailed {
        Way way = new Way(address, known, deadline, stages);
        try (Socket socket = way.go();
                CameraClient dialogue = new CameraClient(address, socket, way::again, deadline)) {
            return converse(dialogue);
        } catch (IOException e) {
            throw new StageFailed(
                    protocol(), Cause.END_OF_STREAM, "" + e.getMessage(), Advice.AGAIN);
        }
    }

    private StageName protocol() {
        return address.scheme().isRtsp() ? StageName.RTSP : StageName.HTTP;
    }

    private Seen converse(CameraClient dialogue) throws StageFailed {
        boolean rtsp = address.scheme().isRtsp();
        Answer greeting = ask(dialogue, protocol(), rtsp ? "OPTIONS" : "GET", "");
        refuseElsewhere(greeting);
        String server = masked(greeting.header("server"));
        stages.passed(protocol(), server.isEmpty() ? protocol() + " is spoken" : server);
        String method = rtsp ? "DESCRIBE" : "GET";
        Answer answer = rtsp ? ask(dialogue, StageName.LOGIN, method, "") : greeting;
        LoginScheme asked = asked(greeting, answer);
        Seen seen = stream(loggedIn(dialogue, method, answer, asked));
        return new Seen(
                seen.description(),
                seen.elsewhere(),
                !Comparison.isDropped(known, asked),
                seen.supply());
    }

    private Answer ask(CameraClient dialogue, StageName stage, String method, String header)
            throws StageFailed {
        try {
            return dialogue.ask(method, header);
        } catch (SocketTimeoutException e) {
            throw new StageFailed(
                    stage,
                    Cause.TIMEOUT,
                    "the connection is accepted, but " + method + " gets no whole answer",
                    Advice.RESTART);
        } catch (ProtocolError e) {
            boolean web = e.instead().startsWith("HTTP/");
            String instead = web ? "a web server" : "something else";
            throw new StageFailed(
                    stage,
                    Cause.NOT_FOUND,
                    stage == StageName.RTSP && !e.instead().isEmpty()
                            ? "no RTSP server but " + instead + " answers at this port"
                            : "what answers there " + e.getMessage(),
                    "Correct the port in the url: RTSP is usually at 554, web pages are at 80.");
        } catch (EOFException e) {
            throw new StageFailed(
                    stage,
                    Cause.REFUSED,
                    "the camera ends the connection instead of answering",
                    Advice.VIEWERS);
        } catch (IOException e) {
            throw new StageFailed(
                    stage,
                    Cause.REFUSED,
                    "the connection breaks: " + Words.line("" + e.getMessage()),
                    Advice.VIEWERS);
        }
    }

    /** Nothing is given to who asks in a weaker way than before. */
    private LoginScheme asked(Answer greeting, Answer first) throws StageFailed {
        LoginScheme asked = Challenges.worse(Challenges.of(greeting), Challenges.of(first));
        Optional<Fault> weaker = Comparison.login(known, asked);
        if (weaker.isPresent() && !address.login().isEmpty()) {
            throw Advice.mistrusted(StageName.LOGIN, weaker.get());
        }
        return asked;
    }

    private Answer loggedIn(CameraClient dialogue, String method, Answer first, LoginScheme asked)
            throws StageFailed {
        Optional<Credentials> credentials = Credentials.of(address);
        if (first.status() == 403) {
            throw forbidden();
        }
        if (first.status() != 401) {
            stages.passed(StageName.LOGIN, "the camera asks for none");
            return first;
        }
        if (credentials.isEmpty()) {
            throw new StageFailed(
                    StageName.LOGIN,
                    Cause.UNAUTHORISED,
                    "the camera asks for user and password, and the address has none",
                    "Write them into it, as in "
                            + address.scheme().name().toLowerCase(Locale.ROOT)
                            + "://USER:PASSWORD@HOST/...; in a password, @ is written %40, / %2F"
                            + " and : %3A.");
        }
        Optional<String> header = credentials.get().answer(first, method, address.target());
        if (header.isEmpty()) {
            throw new StageFailed(
                    StageName.LOGIN,
                    Cause.UNAUTHORISED,
                    "the camera asks for a login of a kind that is not known",
                    "Set the login of its streams to digest.");
        }
        Answer answer = ask(dialogue, StageName.LOGIN, method, header.get());
        if (answer.status() == 401) {
            throw new StageFailed(
                    StageName.LOGIN,
                    Cause.UNAUTHORISED,
                    Cause.UNAUTHORISED.words(),
                    "Correct user and password in the address; many cameras lock a user for some"
                            + " minutes after wrong ones.");
        }
        if (answer.status() == 403) {
            throw forbidden();
        }
        stages.passed(
                StageName.LOGIN,
                "the camera accepts it (" + asked.words() + ")",
                asked == LoginScheme.BASIC
                        ? "Set the camera's login to digest, if it can: whoever answers at its"
                                + " address, or listens, is told the password."
                        : "");
        return answer;
    }

    private static StageFailed forbidden() {
        return new StageFailed(
                StageName.LOGIN,
                Cause.UNAUTHORISED,
                "the camera does not let this user watch",
                "Give the user the right to see live pictures at the camera, or take another"
                        + " user.");
    }

    private Seen stream(Answer answer) throws StageFailed {
        int status = answer.status();
        refuseElsewhere(answer);
        if (status >= 300 && status < 400) {
            return new Seen(SdpDescription.NONE, Optional.of(masked(answer.header("location"))));
        }
        if (status == 453 || status == 503) {
            throw new StageFailed(
                    StageName.STREAM,
                    Cause.REFUSED,
                    "the camera answers that it is too busy (" + status + ")",
                    Advice.VIEWERS);
        }
        if (status >= 400 && status < 500) {
            throw new StageFailed(
                    StageName.STREAM,
                    Cause.NOT_FOUND,
                    "the camera has no such stream (" + status + ")",
                    Advice.PATH);
        }
        if (status != 200) {
            throw new StageFailed(
                    StageName.STREAM,
                    Cause.REFUSED,
                    "the camera answers with an error of its own (" + status + ")",
                    Advice.RESTART);
        }
        return address.scheme().isRtsp() ? described(answer) : served(answer);
    }

    /** Over RTSP a decoder would take the login along. */
    private void refuseElsewhere(Answer answer) throws StageFailed {
        Optional<String> place =
                address.scheme().isRtsp() && !address.login().isEmpty()
                        ? Redirection.elsewhere(address, answer)
                        : Optional.empty();
        if (place.isPresent()) {
            throw new StageFailed(
                    StageName.STREAM,
                    Cause.NOT_FOUND,
                    "the camera sends us to "
                            + masked(place.get())
                            + ", which is not given its login",
                    "Write that address into the configuration, if it is right.");
        }
    }

    private Seen described(Answer answer) throws StageFailed {
        SdpDescription description =
                SdpDescription.parse(new String(answer.body(), StandardCharsets.UTF_8));
        if (!description.media()) {
            throw new StageFailed(
                    StageName.STREAM,
                    Cause.CODEC,
                    "the camera answers, but does not describe a stream",
                    Advice.PATH);
        }
        if (description.video().isEmpty()) {
            throw new StageFailed(
                    StageName.STREAM,
                    Cause.CODEC,
                    "the stream has sound but no pictures",
                    "Take the camera's video stream: it has another path.");
        }
        stages.passed(StageName.STREAM, "video, " + description.video().get());
        return new Seen(description, Optional.empty());
    }

    private Seen served(Answer answer) throws StageFailed {
        String type = masked(answer.header("content-type")).replaceFirst(";.*", "");
        Optional<Fault> playlist = Playlists.refused(address, answer.header("content-type"));
        if (playlist.isPresent()) {
            throw new StageFailed(
                    StageName.STREAM, Cause.CODEC, playlist.get().detail(), Advice.WEB);
        }
        if (type.equalsIgnoreCase("text/html")) {
            throw new StageFailed(
                    StageName.STREAM,
                    Cause.NOT_FOUND,
                    "there is a web page at this address and no stream",
                    Advice.PATH);
        }
        if (type.toLowerCase(Locale.ROOT).startsWith("image/")) {
            stages.passed(
                    StageName.STREAM,
                    type + ": one picture a request, asked for once a second",
                    Advice.SNAPSHOTS);
            return new Seen(SdpDescription.NONE, Optional.empty(), true, Supply.SNAPSHOTS);
        }
        stages.passed(StageName.STREAM, type.isEmpty() ? "something is served" : type);
        return new Seen(SdpDescription.NONE, Optional.empty());
    }

    /** What the camera says, fit for a person's eyes. */
    private String masked(String said) {
        String masked = Address.mask(said);
        for (String secret : address.secrets()) {
            masked = masked.replace(secret, "***");
        }
        return Words.line(masked);
    }
}
