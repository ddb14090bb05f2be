package io.visionops.shell.internal.json;

import java.time.Instant;

/** A picture that was written to a file of the server. */
public record SnapshotDocument(
        String camera, String file, long bytes, int width, int height, Instant time) {}
