package io.visionops.shell.internal.json;

/**
 * What came of the state of one owner at a checkpoint.
 *
 * @param detail {@code saved}, or why it is not
 * @param tookMs of all of the part
 */
public record SavedRow(String part, String owner, boolean saved, String detail, long tookMs) {}
