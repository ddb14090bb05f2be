package io.visionops.api.update;

import io.visionops.api.subject.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of an update.
 *
 * @param outcome {@code installed}, {@code rolled-back}, {@code dropped}, {@code failed}
 * @param detail why, where it is not installed; one line
 * @param took from the beginning to the end, the gate included
 * @param downtime of the bundle that was away longest, at level 1; empty where that is not known
 */
public record UpdateResult(
        Instant time,
        long from,
        long to,
        String version,
        int level,
        String outcome,
        String detail,
        Duration took,
        Optional<Duration> downtime,
        Actor actor) {}
