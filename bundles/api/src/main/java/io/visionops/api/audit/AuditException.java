package io.visionops.api.audit;

/** The audit cannot be read or verified; the message is one line for the person. */
public class AuditException extends Exception {

    private static final long serialVersionUID = 1L;

    public AuditException(String message) {
        super(message);
    }

    public AuditException(String message, Throwable cause) {
        super(message, cause);
    }
}
