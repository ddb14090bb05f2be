package io.visionops.shell.internal.json;

/** What came of a repair. */
public record RecoveryDocument(String name, String target, boolean done, String detail) {}
