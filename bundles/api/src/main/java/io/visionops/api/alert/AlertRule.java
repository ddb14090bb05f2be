package io.visionops.api.alert;

import io.visionops.api.journal.Severity;
import java.time.Duration;
import java.util.List;

/**
 * A rule that is in force.
 *
 * @param enabled false for one that is in the file and switched off
 * @param condition what it looks for, in words
 * @param holdFor how long the fault has to last before it is told
 * @param clearFor how long all has to be well before it is over
 * @param inhibitedBy rules whose alerts explain those of this one
 * @param escalation after how long it is told again while nobody acknowledges it
 * @param runbook address of a page about it; may be empty
 * @param pending alerts of it that have not lasted long enough
 * @param firing alerts of it that fire, acknowledged, silenced and inhibited ones too
 */
public record AlertRule(
        String name,
        boolean enabled,
        String condition,
        Duration holdFor,
        Duration clearFor,
        Severity severity,
        List<String> inhibitedBy,
        List<Duration> escalation,
        String runbook,
        int pending,
        int firing) {

    public AlertRule {
        inhibitedBy = List.copyOf(inhibitedBy);
        escalation = List.copyOf(escalation);
    }
}
