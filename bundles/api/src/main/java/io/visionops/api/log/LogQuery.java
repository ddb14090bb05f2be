package io.visionops.api.log;

import java.time.Instant;
import java.util.Optional;

/**
 * Which lines of the log to read; empty means any.
 *
 * @param level the least important one
 * @param camera also lines that name it in their message alone
 * @param from inclusive
 * @param to exclusive
 * @param text in message, exception, logger or correlation id, in any case
 * @param limit the newest of them, 1..1000
 */
public record LogQuery(
        LogLevel level,
        Optional<String> camera,
        Optional<String> part,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> text,
        int limit) {

    /** Of a query. */
    public static final int MOST = 1000;

    public LogQuery {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit " + limit + ": must be 1 to " + MOST);
        }
    }
}
