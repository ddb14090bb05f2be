package io.visionops.api.query;

/** The database cannot be read. */
public class JournalReadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JournalReadException(String message) {
        super(message);
    }

    public JournalReadException(String message, Throwable cause) {
        super(message, cause);
    }
}
