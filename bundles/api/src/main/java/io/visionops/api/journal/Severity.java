package io.visionops.api.journal;

/** How much an event matters. */
public enum Severity {
    INFO("info"),
    /** Somebody should look at it soon. */
    WARNING("warning"),
    /** Somebody has to act now. */
    CRITICAL("critical");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** Stored and shown by this word. */
    public String word() {
        return word;
    }

    /** By its word; what a newer part may have written and this one does not know is a warning. */
    public static Severity of(String word) {
        for (Severity severity : values()) {
            if (severity.word.equals(word)) {
                return severity;
            }
        }
        return WARNING;
    }
}
