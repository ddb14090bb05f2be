package io.visionops.api.checkpoint;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which state was saved, so that a power cut from now on costs nothing of what was known then.
 *
 * @param committed owners whose state is on the disk, ordered: {@code inference.front}
 * @param failed others, and why, in one line for a person
 */
public record CheckpointResult(List<String> committed, Map<String, String> failed) {

    public CheckpointResult {
        committed = committed.stream().sorted(Comparator.naturalOrder()).toList();
        failed = Map.copyOf(failed);
    }

    public static CheckpointResult committed(String owner) {
        return new CheckpointResult(List.of(owner), Map.of());
    }

    public static CheckpointResult failed(String owner, String why) {
        return new CheckpointResult(List.of(), Map.of(owner, why));
    }

    /** Whether all was saved. */
    public boolean done() {
        return failed.isEmpty();
    }
}
