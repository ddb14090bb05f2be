package io.visionops.shell.internal.json;

import io.visionops.api.recovery.RecoveryAction;
import java.util.List;

/**
 * A repair that a part offers.
 *
 * @param scope {@code child}, {@code component}, {@code part} or {@code process}
 * @param targets what it can be asked for now
 */
public record RecoveryRow(
        String name, String scope, String cost, long deadlineSeconds, List<String> targets) {

    public static RecoveryRow of(RecoveryAction action) {
        return new RecoveryRow(
                action.name(),
                action.scope().word(),
                action.cost(),
                action.deadline().toSeconds(),
                action.targets().stream().map(Object::toString).toList());
    }
}
