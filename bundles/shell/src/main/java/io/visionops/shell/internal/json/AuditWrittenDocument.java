package io.visionops.shell.internal.json;

/** Where a report of the audit was written. */
public record AuditWrittenDocument(String file, int entries, boolean good) {}
