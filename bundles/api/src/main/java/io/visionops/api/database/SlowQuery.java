package io.visionops.api.database;

import java.time.Duration;

/**
 * A statement that reads, and how long it took since the database was opened.
 *
 * @param sql its text
 * @param count of its runs
 */
public record SlowQuery(String sql, long count, Duration mean, Duration longest) {}
