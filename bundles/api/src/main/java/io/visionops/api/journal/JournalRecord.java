package io.visionops.api.journal;

import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A fact of an open kind: what parts want kept that the journal has no table for, such as {@code
 * health}, {@code restart}, {@code backup}, {@code audit}. The journal stores and shows kinds that
 * it has never heard of.
 *
 * @param kind lower-case letters, digits and dashes, 64 at most
 * @param time when it happened
 * @param actor who caused it
 * @param body a JSON object, 64 KiB at most
 */
public record JournalRecord(String kind, Subject subject, Instant time, Actor actor, String body)
        implements Fact {

    /** Characters of {@link #body} at most. */
    public static final int LONGEST_BODY = 65_536;

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    public JournalRecord {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException(
                    "no kind of record: '" + kind + "'; allowed are a-z, 0-9 and -, up to 64");
        }
        if (body.length() > LONGEST_BODY) {
            throw new IllegalArgumentException(
                    "a record's body of " + body.length() + " characters: 65536 are allowed");
        }
    }
}
