package io.visionops.api.frame;

/** Frames that cannot be leased now; the message names who has them. */
public final class LeaseException extends Exception {

    private static final long serialVersionUID = 1L;

    public LeaseException(String message) {
        super(message);
    }
}
