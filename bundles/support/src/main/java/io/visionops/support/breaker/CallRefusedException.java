package io.visionops.support.breaker;

/** A call that was not made: it failed too often before. The message says until when and why. */
public final class CallRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    public CallRefusedException(String message) {
        super(message);
    }
}
