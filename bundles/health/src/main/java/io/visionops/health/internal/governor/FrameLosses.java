package io.visionops.health.internal.governor;

import io.visionops.api.camera.Camera;
import io.visionops.api.frame.FrameCounts;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Which share of the frames the analysis was too late for, over the last looks. For one thread. */
final class FrameLosses {

    /** Half a minute of looks, so that a swap of a part is not long enough to be acted upon. */
    private static final int KEPT = 7;

    private final Deque<Map<String, FrameCounts>> looks = new ArrayDeque<>();

    /**
     * Percent of the frames of those cameras of which some were analysed: where none is, nobody is
     * there to do it, and fewer frames would not help. Empty without such a camera.
     */
    OptionalDouble look(Collection<Camera> cameras) {
        Map<String, FrameCounts> now = new HashMap<>();
        cameras.forEach(camera -> now.put(camera.settings().name(), camera.counts()));
        looks.addLast(now);
        if (looks.size() > KEPT) {
            looks.removeFirst();
        }
        long received = 0;
        long late = 0;
        for (Map.Entry<String, FrameCounts> one : now.entrySet()) {
            FrameCounts before = looks.getFirst().get(one.getKey());
            FrameCounts after = one.getValue();
            // Counts begin anew when a camera gets another address.
            if (before != null
                    && after.received() >= before.received()
                    && seen(after) > seen(before)) {
                received += after.received() - before.received();
                late += Math.max(0, late(after) - late(before));
            }
        }
        return received == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * late / received);
    }

    private static long seen(FrameCounts counts) {
        return counts.analysed() + counts.gated();
    }

    private static long late(FrameCounts counts) {
        return counts.dropped().getOrDefault("superseded", 0L)
                + counts.dropped().getOrDefault("overflow", 0L);
    }
}
