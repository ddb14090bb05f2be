package io.visionops.api.frame;

import java.util.Map;

/**
 * Where a camera's frames went since it was configured. {@code received = analysed + gated + sum of
 * dropped}: a frame counts as received when its fate is known.
 *
 * @param dropped by reason: {@code superseded} (a newer frame was taken), {@code overflow} (nobody
 *     took it within two seconds), {@code failed} (the detector failed), {@code abandoned} (the
 *     consumer stopped)
 * @param waiting frames in memory whose fate is open; not part of {@code received}
 */
public record FrameCounts(
        long received, long analysed, long gated, Map<String, Long> dropped, int waiting) {

    public FrameCounts {
        dropped = Map.copyOf(dropped);
    }
}
