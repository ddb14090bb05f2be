package io.visionops.api.secret;

/**
 * Secrets cannot be read or written; the message is one line for a person, with what to do, and
 * holds no secret.
 */
public class SecretException extends Exception {

    private static final long serialVersionUID = 1L;

    public SecretException(String message) {
        super(message);
    }

    public SecretException(String message, Throwable cause) {
        super(message, cause);
    }
}
