package io.visionops.security.internal.audit.chain;

import java.time.Instant;

/** What a line says. */
public record Content(
        Instant time, String actor, String action, String object, String outcome, String detail) {

    /** Of what is longer, the end is left out. */
    private static final int LONGEST = 4_000;

    private static final int LONGEST_WORD = 300;

    public Content {
        actor = shortened(actor, LONGEST_WORD);
        action = shortened(action, LONGEST_WORD);
        object = shortened(object, LONGEST_WORD);
        outcome = shortened(outcome, LONGEST_WORD);
        detail = shortened(detail, LONGEST);
    }

    /** Of the audit itself. */
    public static Content own(Instant time, String action, String outcome, String detail) {
        return new Content(time, "part/security", action, "program/audit", outcome, detail);
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + " ...";
    }
}
