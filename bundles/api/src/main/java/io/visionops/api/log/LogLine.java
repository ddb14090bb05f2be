package io.visionops.api.log;

import java.time.Instant;
import java.util.Optional;

/**
 * One entry of the log, secrets masked.
 *
 * @param part whose bundle wrote it, such as {@code ingest}; of a library its symbolic name, and
 *     empty where that is not known
 * @param camera what it is about, where that is one camera
 * @param correlation what all lines of one piece of work have in common: a session with a camera, a
 *     command, a request, a backup, an update
 * @param exception stack trace; empty for none
 */
public record LogLine(
        Instant time,
        LogLevel level,
        String part,
        Optional<String> camera,
        Optional<String> correlation,
        String logger,
        String thread,
        String message,
        String exception) {}
