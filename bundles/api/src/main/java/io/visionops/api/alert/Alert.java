package io.visionops.api.alert;

import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a rule has found, of one subject or of several that it takes together.
 *
 * @param id by which it is acknowledged
 * @param rule its name
 * @param subject {@code check/NAME}, the subject that the rule groups by, or {@code rule/NAME} for
 *     one alert about several
 * @param cause what was found, in plain words
 * @param since when the fault was first seen
 * @param firedAt when it had lasted as long as the rule asks for
 * @param affected who it is about, and for a check what its fault explains
 * @param inhibitedBy the alert that explains this one, so that it is not told by itself
 * @param step of the escalation, from 1; 0 before the first one
 * @param remedy what to do; empty when nothing is known
 * @param runbook address of a page about it; empty when the rule names none
 */
public record Alert(
        String id,
        String rule,
        Subject subject,
        Severity severity,
        State state,
        String cause,
        Instant since,
        Optional<Instant> firedAt,
        Optional<Instant> resolvedAt,
        List<String> affected,
        Optional<String> inhibitedBy,
        Optional<Actor> acknowledgedBy,
        Optional<Instant> silencedUntil,
        int step,
        String remedy,
        String runbook) {

    public Alert {
        affected = List.copyOf(affected);
    }

    /** How far it is. */
    public enum State {
        /** It fires, and nobody has said that he takes care of it. */
        FIRING("firing"),
        /** Somebody takes care of it: it is not escalated. */
        ACKNOWLEDGED("acknowledged"),
        /** Nobody is told for a while. */
        SILENCED("silenced"),
        /** Another alert explains it. */
        INHIBITED("inhibited"),
        /** The fault is there, and not for as long as the rule asks for. */
        PENDING("pending"),
        /** It is over. */
        RESOLVED("resolved");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** Stored and shown by this word. */
        public String word() {
            return word;
        }
    }
}
