package io.visionops.updater.internal.metadata;

/**
 * A file of a release; the repository has it as {@code targets/SHA256}.
 *
 * @param sha256 64 small hexadecimal digits
 */
public record ReleaseFile(long length, String sha256, boolean executable) {}
