package io.visionops.api.checkpoint;

import java.time.Instant;

/**
 * The state of one owner at one moment.
 *
 * @param owner for example {@code inference.front}
 * @param version of the document's form; a newer part reads an older form
 * @param document JSON
 */
public record Checkpoint(String owner, int version, Instant time, String document) {}
