package io.visionops.api.database;

/**
 * How far a check of the database is.
 *
 * @param stage the table that is read, or what else is done
 * @param rows checked so far
 */
public record IntegrityProgress(String stage, long rows) {}
