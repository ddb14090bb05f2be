package io.visionops.security.internal.key;

/**
 * Encrypted bytes as they stand in a file.
 *
 * @param nonce base64
 * @param text base64, the tag at its end
 */
public record Sealed(String nonce, String text) {}
