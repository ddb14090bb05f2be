package io.visionops.api.camera;

import java.util.Locale;

/** Why a camera is not streaming, or not being analysed, as it should. */
public enum Cause {
    UNAUTHORISED("the camera refuses the user or password"),
    NOT_FOUND("the address has no such stream"),
    REFUSED("the camera refuses connections"),
    UNREACHABLE("no route to the camera"),
    NAME_RESOLUTION("the host name is not known"),
    TLS("the secure connection failed"),
    WEAKER_LOGIN("the camera asks for a weaker login than before"),
    OTHER_CERTIFICATE("the camera shows another certificate than before"),
    TIMEOUT("the camera does not answer"),
    CODEC("the stream cannot be decoded"),
    END_OF_STREAM("the stream ended"),
    CRASHED("the decoder died"),
    FROZEN("the picture does not change"),
    BLACK("the picture is dark or the lens is covered"),
    BLURRED("the picture is blurred"),
    MOVED("the view has moved"),
    CONFIGURATION("the configuration is refused"),
    DETECTOR("the detector that it needs is not at work"),
    OBJECTS("its detector cannot find what is to be counted"),
    PAUSED("decoding is paused");

    private final String words;

    Cause(String words) {
        this.words = words;
    }

    /** The cause as a key, such as {@code end-of-stream}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The cause in plain words, for a person. */
    public String words() {
        return words;
    }
}
