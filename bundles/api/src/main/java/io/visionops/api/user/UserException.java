package io.visionops.api.user;

/** Users cannot be read or changed; the message is one line for a person, without a password. */
public class UserException extends Exception {

    private static final long serialVersionUID = 1L;

    public UserException(String message) {
        super(message);
    }

    public UserException(String message, Throwable cause) {
        super(message, cause);
    }
}
