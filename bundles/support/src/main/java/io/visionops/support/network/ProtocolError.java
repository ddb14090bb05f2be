package io.visionops.support.network;

import java.io.IOException;

/** What came is no answer; the message is one line that follows "the device". */
public final class ProtocolError extends IOException {

    private static final long serialVersionUID = 1L;

    /** What came instead, as far as a person can read it; may be empty. */
    private final String instead;

    ProtocolError(String message) {
        this(message, "");
    }

    ProtocolError(String message, String instead) {
        super(message);
        this.instead = instead;
    }

    public String instead() {
        return instead;
    }
}
