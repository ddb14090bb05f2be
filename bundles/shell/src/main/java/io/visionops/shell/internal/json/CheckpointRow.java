package io.visionops.shell.internal.json;

import io.visionops.api.checkpoint.Checkpoints;
import java.time.Instant;

/** A checkpoint without its document. */
public record CheckpointRow(String owner, int version, Instant time, int bytes, boolean intact) {

    public static CheckpointRow of(Checkpoints.Info info) {
        return new CheckpointRow(
                info.owner(), info.version(), info.time(), info.bytes(), info.intact());
    }
}
