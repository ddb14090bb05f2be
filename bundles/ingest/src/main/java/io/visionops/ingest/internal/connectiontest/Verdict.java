package io.visionops.ingest.internal.connectiontest;

import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import java.util.Optional;

/** Says at which stage a decoder failed that yielded no picture, and what to do. Stateless. */
final class Verdict {

    private Verdict() {}

    /**
     * @param description what the camera says of the stream
     * @param seen what the decoder made of it
     * @param encoding what is advised when it cannot be decoded
     */
    static StageFailed of(
            SdpDescription description, DecodeCheck.Seen seen, Fault fault, String encoding) {
        if (!seen.described().isEmpty() || description.isDecodable()) {
            return frame(seen, fault);
        }
        Optional<String> named = description.video();
        if (named.isPresent()) {
            return new StageFailed(
                    StageName.CODEC, Cause.CODEC, named.get() + " cannot be decoded", encoding);
        }
        return new StageFailed(
                StageName.CODEC,
                fault.cause(),
                words(fault),
                fault.cause() == Cause.CODEC ? encoding : remedy(fault));
    }

    private static StageFailed frame(DecodeCheck.Seen seen, Fault fault) {
        if (fault.cause() == Cause.TIMEOUT && seen.packets()) {
            return frame(
                    fault.cause(),
                    "the stream comes, but no whole picture in time",
                    Advice.late(seen.described()));
        }
        return frame(fault.cause(), words(fault), remedy(fault));
    }

    private static StageFailed frame(Cause cause, String found, String advice) {
        return new StageFailed(StageName.FRAME, cause, found, advice);
    }

    private static String words(Fault fault) {
        return fault.detail().isEmpty()
                ? fault.cause().words()
                : fault.cause().words() + " (" + fault.detail() + ")";
    }

    private static String remedy(Fault fault) {
        return switch (fault.cause()) {
            case UNAUTHORISED ->
                    "The login is good for the description of the stream but not for its pictures:"
                            + " give the user the right to watch.";
            case NOT_FOUND -> Advice.PATH;
            case REFUSED -> Advice.VIEWERS;
            case TIMEOUT ->
                    "Restart the camera: it promises a stream and sends none. A firewall between"
                            + " may hold it back.";
            case TLS -> "Take rtsp:// or http://, or renew the camera's certificate.";
            case CODEC ->
                    "The pictures come damaged: set transport = tcp, look at the link to the"
                            + " camera, restart it.";
            case UNREACHABLE, NAME_RESOLUTION -> "Look at the network between.";
            default -> Advice.AGAIN;
        };
    }
}
