package io.visionops.shell.internal.json;

/**
 * What has become of the master key of the secrets.
 *
 * @param masterKey {@code locked} by a passphrase, {@code unlocked} until the next start, {@code
 *     plain} without a passphrase
 */
public record MasterKeyDocument(String masterKey) {}
