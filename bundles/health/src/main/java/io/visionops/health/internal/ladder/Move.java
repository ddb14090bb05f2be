package io.visionops.health.internal.ladder;

import io.visionops.api.subject.Subject;
import java.time.Duration;
import java.util.List;

/** What the ladder says is to be done, or to be told. */
sealed interface Move {

    /** The check that it is about. */
    String check();

    /**
     * A repair is due.
     *
     * @param step 1 for the first of this fault
     * @param cause what the check says
     */
    record Act(String check, int step, String action, List<Subject> targets, String cause)
            implements Move {}

    /**
     * The check is well again.
     *
     * @param action the last repair; that it was the cause is not known
     * @param after since the ladder has seen the fault
     */
    record Healed(String check, String action, Duration after) implements Move {}

    /** Nothing is left to try: a person is needed. Told once for a fault. */
    record GiveUp(String check, int steps, String cause) implements Move {}
}
