package io.visionops.api.detect;

/** A detector that cannot do its work; the message says what and with which model. */
public class DetectorException extends Exception {

    private static final long serialVersionUID = 1L;

    public DetectorException(String message) {
        super(message);
    }

    public DetectorException(String message, Throwable cause) {
        super(message, cause);
    }
}
