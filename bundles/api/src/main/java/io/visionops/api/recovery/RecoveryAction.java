package io.visionops.api.recovery;

import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A repair that a part can make of what it owns, registered as a service. Who decides that one is
 * due (the health part, an admin) asks for it; the owner acts. Thread-safe.
 */
@ConsumerType
public interface RecoveryAction {

    /** What is disturbed by a repair, the smallest first: a ladder is climbed from below. */
    enum Scope {
        CHILD("child"),
        COMPONENT("component"),
        PART("part"),
        PROCESS("process");

        private final String word;

        Scope(String word) {
            this.word = word;
        }

        /** Stored and shown by this word. */
        public String word() {
            return word;
        }
    }

    /** Unique, {@code part.verb}: {@code ingest.reconnect}. */
    String name();

    Scope scope();

    /** What it costs, in one line for a person. */
    String cost();

    /** How long it takes at most. */
    Duration deadline();

    /** What it can be asked for now, such as every camera that runs. */
    List<Subject> targets();

    /**
     * Makes the repair and says what came of it, within the deadline. Does not throw for a repair
     * that fails.
     *
     * @param target one of {@link #targets()}
     * @param reason why it is due, in one line
     * @throws IllegalArgumentException when the target is not one of these
     */
    RecoveryResult run(Subject target, String reason, Actor actor);
}
