package io.visionops.shell.internal.json;

import io.visionops.api.frame.FrameCounts;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a camera's frames went.
 *
 * @param received {@code analysed + gated +} all of {@code dropped}
 * @param dropped by reason
 * @param waiting not yet part of {@code received}
 */
public record FramesRow(
        String camera,
        long received,
        long analysed,
        long gated,
        SortedMap<String, Long> dropped,
        int waiting) {

    public static FramesRow of(String camera, FrameCounts counts) {
        return new FramesRow(
                camera,
                counts.received(),
                counts.analysed(),
                counts.gated(),
                new TreeMap<>(counts.dropped()),
                counts.waiting());
    }
}
