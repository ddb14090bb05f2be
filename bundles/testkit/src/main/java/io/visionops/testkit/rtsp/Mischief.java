package io.visionops.testkit.rtsp;

import java.util.Locale;

/** What a camera does wrong. The name, in lower case with dashes, is a path of the server. */
public enum Mischief {
    /** Nothing: it streams as it should. */
    NONE,

    // ---- instead of an answer ----
    /** Bytes that are no reply. */
    GARBAGE,
    /** Accepts the connection and never answers. */
    HALF_OPEN,
    /** The reply comes at a byte a second. */
    TRICKLE,
    /** The reply has one header line of a megabyte. */
    HUGE_HEADER,
    /** The reply has headers without end. */
    ENDLESS_HEADERS,
    /** Closes the connection as soon as it is asked something. */
    HANG_UP,

    // ---- refusals ----
    /** 401 whatever the login; set in mid-stream, the stream is closed first. */
    REVOKED,
    /** 403. */
    FORBIDDEN,
    /** 404. */
    NOT_FOUND,
    /** 503: a camera that has as many clients as it can serve. */
    BUSY,
    /** 302 to itself. */
    REDIRECT_LOOP,
    /** 302 to a good camera at the same port of {@code localhost}, which is another name. */
    REDIRECT_AWAY,

    // ---- descriptions ----
    /** A description with sound alone. */
    NO_VIDEO,
    /** A description that names a codec nobody knows. */
    UNKNOWN_CODEC,
    /** A description that is none. */
    NONSENSE_SDP,
    /** Describes itself, then closes. */
    CLOSE_AFTER_DESCRIBE,

    // ---- the stream ----
    /** Closes the connection in mid-stream. */
    CLOSE,
    /** The connection stays open and nothing comes. */
    FROZEN,
    /** Each picture begins and none ends. */
    INCOMPLETE,
    /** No key frame. */
    NO_KEY_FRAME,
    /** One key frame a second and nothing else. */
    ONE_FPS,
    /** Time stamps stand still. */
    TIME_STANDS,
    /** Time stamps leap an hour to and fro. */
    TIME_JUMPS,
    /** Pictures of another size. */
    NEW_RESOLUTION,
    /** Pictures in another codec than the description says; told rightly to who asks anew. */
    NEW_CODEC;

    /** The path under which the server does this. */
    public String path() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Mischief ofPath(String path) {
        for (Mischief one : values()) {
            if (one.path().equals(path)) {
                return one;
            }
        }
        return NONE;
    }
}
