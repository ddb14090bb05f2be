package io.visionops.backup.internal.destination;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one backup beyond its file.
 *
 * @param keyId with which key it is encrypted
 * @param databaseBytes of the database in it
 * @param proven when it was last restored on trial
 * @param trouble why a trial failed; empty when none did
 */
public record Proof(String keyId, long databaseBytes, Optional<Instant> proven, String trouble) {}
