package io.visionops.testkit.onvif;

import java.time.Duration;
import java.util.List;

/**
 * How an {@link OnvifDevice} is and behaves.
 *
 * @param user empty: no login is wanted
 * @param ahead by how much its clock is ahead of ours
 * @param host that it names in the addresses of its services and streams
 */
public record OnvifScript(
        Login login,
        String user,
        String password,
        Duration ahead,
        String host,
        Services services,
        Manner manner,
        List<Profile> profiles) {

    /** Which login is taken. */
    public enum Login {
        NONE,
        /** WS-UsernameToken in the message; replays and wrong times are refused. */
        TOKEN,
        HTTP_MD5,
        HTTP_SHA256,
        /** As old Digest was, without qop. */
        HTTP_OLD,
        /** Asks for the password itself. */
        HTTP_BASIC
    }

    /** Which services it has. */
    public enum Services {
        /** GetServices and the media service of the first version. */
        USUAL,
        /** GetCapabilities alone, as devices from before 2011. */
        OLD,
        /** The media service of the second version alone. */
        NEW
    }

    /** What it answers instead of what it should. */
    public enum Manner {
        PROPER,
        /** An answer that never ends. */
        ENDLESS,
        /** Says that a gigabyte follows. */
        GIGABYTE,
        ENDLESS_HEADERS,
        ENDLESS_LINE,
        /** A byte now and then, for ever. */
        TRICKLE,
        ENTITY_BOMB,
        EXTERNAL_ENTITY,
        DEEP,
        NO_XML,
        OTHER_XML,
        NO_HTTP,
        REDIRECT,
        SILENT,
        HANGS_UP,
        EMPTY,
        FAULT,
        ERROR_500
    }

    /**
     * A stream.
     *
     * @param uri as the device says it; {@code HOST} is replaced by the host that it names
     */
    public record Profile(
            String token, String name, String codec, int width, int height, int fps, String uri) {}

    public OnvifScript {
        profiles = List.copyOf(profiles);
    }

    /** A camera with a main and a sub-stream, without a login. */
    public static OnvifScript camera() {
        return new OnvifScript(
                Login.NONE,
                "",
                "",
                Duration.ZERO,
                "127.0.0.1",
                Services.USUAL,
                Manner.PROPER,
                List.of(
                        new Profile(
                                "main",
                                "Main stream",
                                "H264",
                                1920,
                                1080,
                                25,
                                "rtsp://HOST:554/Streaming/Channels/101?transportmode=unicast"),
                        new Profile(
                                "sub",
                                "Sub stream",
                                "H264",
                                640,
                                360,
                                10,
                                "rtsp://HOST:554/Streaming/Channels/102?transportmode=unicast")));
    }

    public OnvifScript wanting(Login wanted, String as, String secret) {
        return new OnvifScript(wanted, as, secret, ahead, host, services, manner, profiles);
    }

    public OnvifScript clockAhead(Duration by) {
        return new OnvifScript(login, user, password, by, host, services, manner, profiles);
    }

    public OnvifScript naming(String other) {
        return new OnvifScript(login, user, password, ahead, other, services, manner, profiles);
    }

    public OnvifScript with(Services offered) {
        return new OnvifScript(login, user, password, ahead, host, offered, manner, profiles);
    }

    public OnvifScript behaving(Manner other) {
        return new OnvifScript(login, user, password, ahead, host, services, other, profiles);
    }

    public OnvifScript with(List<Profile> offered) {
        return new OnvifScript(login, user, password, ahead, host, services, manner, offered);
    }
}
