package io.visionops.ingest.internal.config;

import io.visionops.support.UrlSecrets;

/**
 * A configuration that cannot be used. The message is one line: key, value, and what is allowed;
 * never a password.
 */
public final class InvalidSetting extends Exception {

    private static final long serialVersionUID = 1L;

    /** Long values, and those with control characters, are shortened to keep the line readable. */
    private static final int SHOWN = 80;

    private final boolean passing;

    public InvalidSetting(String message) {
        this(message, false);
    }

    private InvalidSetting(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    /** For a reason that is not in the configuration and may pass by itself. */
    public static InvalidSetting passing(String message) {
        return new InvalidSetting(message, true);
    }

    /** May the same configuration be good later? */
    public boolean isPassing() {
        return passing;
    }

    /** {@code KEY = VALUE: RULE}. */
    static InvalidSetting value(String key, String value, String rule) {
        return new InvalidSetting(key + " = " + shown(value) + ": " + rule);
    }

    /** The value as it may be printed: one line, not too long, credentials masked. */
    static String shown(String value) {
        String plain = UrlSecrets.maskValue(value).replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "...";
    }
}
