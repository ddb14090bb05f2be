package io.visionops.api.backup;

/** A backup that cannot be made, read or restored; the message is one line for the person. */
public class BackupException extends Exception {

    private static final long serialVersionUID = 1L;

    public BackupException(String message) {
        super(message);
    }

    public BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
