package io.visionops.updater.internal.install;

import io.visionops.api.recovery.RecoveryAction;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.update.UpdateException;

/** Has the program started again by the part that is asked for that. */
final class ProgramRestart {

    private static final String ACTION = "health.restart-program";

    private final Surroundings parts;

    ProgramRestart(Surroundings parts) {
        this.parts = parts;
    }

    /**
     * Returns when the watchdog has taken it on; the program ends in a moment.
     *
     * @throws UpdateException when nobody does it
     */
    void run(String reason, Actor actor) throws UpdateException {
        RecoveryAction action =
                parts.repairs().stream()
                        .filter(one -> one.name().equals(ACTION))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new UpdateException(
                                                "the program cannot be started again: the part"
                                                        + " health is not there"));
        RecoveryResult result = action.run(action.targets().get(0), reason, actor);
        if (!result.done()) {
            throw new UpdateException("the program cannot be started again: " + result.detail());
        }
    }
}
