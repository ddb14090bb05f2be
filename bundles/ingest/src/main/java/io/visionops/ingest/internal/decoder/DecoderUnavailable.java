package io.visionops.ingest.internal.decoder;

/** The decoder program cannot run here; the message says what to do. */
public final class DecoderUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    DecoderUnavailable(String message) {
        super(message);
    }

    DecoderUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
