package io.visionops.api.audit;

import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.time.Instant;

/**
 * Something that somebody did or tried.
 *
 * @param time when
 * @param action lower-case letters and dashes: {@code login}, {@code command}, {@code
 *     configuration-change}
 * @param object what it was done to
 * @param outcome {@code ok}, {@code failed}, {@code refused} or {@code begun}
 * @param detail free words without any secret; cut off after 4,000 characters
 */
public record AuditEntry(
        Instant time, Actor actor, String action, Subject object, String outcome, String detail) {

    public static final String OK = "ok";
    public static final String FAILED = "failed";
    public static final String REFUSED = "refused";

    /** Of what may never return. */
    public static final String BEGUN = "begun";
}
