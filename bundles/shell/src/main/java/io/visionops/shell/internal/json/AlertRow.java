package io.visionops.shell.internal.json;

import io.visionops.api.alert.Alert;
import io.visionops.api.subject.Actor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert.
 *
 * @param state {@code firing}, {@code acknowledged}, {@code silenced}, {@code inhibited}, {@code
 *     pending} or {@code resolved}
 * @param severity {@code warning} or {@code critical}
 * @param step of the escalation; 0 before the first
 */
public record AlertRow(
        String id,
        String rule,
        String subject,
        String severity,
        String state,
        String cause,
        Instant since,
        @Nullable Instant firedAt,
        @Nullable Instant resolvedAt,
        List<String> affected,
        @Nullable String inhibitedBy,
        @Nullable String acknowledgedBy,
        @Nullable Instant silencedUntil,
        int step,
        String remedy,
        String runbook) {

    public static AlertRow of(Alert alert) {
        return new AlertRow(
                alert.id(),
                alert.rule(),
                alert.subject().toString(),
                alert.severity().word(),
                alert.state().word(),
                alert.cause(),
                alert.since(),
                alert.firedAt().orElse(null),
                alert.resolvedAt().orElse(null),
                alert.affected(),
                alert.inhibitedBy().orElse(null),
                alert.acknowledgedBy().map(Actor::toString).orElse(null),
                alert.silencedUntil().orElse(null),
                alert.step(),
                alert.remedy(),
                alert.runbook());
    }
}
