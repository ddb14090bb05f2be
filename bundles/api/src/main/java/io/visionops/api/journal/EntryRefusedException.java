package io.visionops.api.journal;

/**
 * An entry that can never be written, such as one with a score that is not a number: trying again
 * is of no use, and would hold up what comes after it.
 */
public class EntryRefusedException extends JournalException {

    private static final long serialVersionUID = 1L;

    public EntryRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
