package io.visionops.shell.internal.json;

/**
 * The first key of the audit.
 *
 * @param key as text; empty when it was removed
 */
public record AuditKeyDocument(String key) {}
