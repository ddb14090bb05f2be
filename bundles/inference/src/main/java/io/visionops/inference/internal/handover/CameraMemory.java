package io.visionops.inference.internal.handover;

import io.visionops.inference.internal.count.CounterState;
import io.visionops.inference.internal.track.TrackerState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the analysis of a camera goes on from after a swap, a restart or a crash.
 *
 * @param sequence of the newest frame that was looked at
 * @param capturedAt of that frame
 * @param counter null where only the identities go on
 * @param detector that was in use; null where that is not known
 * @param last nothing was looked at after it: it was left at the end of an analysis, and is no
 *     checkpoint from before a crash
 */
public record CameraMemory(
        long sequence,
        Instant capturedAt,
        TrackerState tracker,
        @Nullable CounterState counter,
        @Nullable String detector,
        boolean last) {

    public CameraMemory(
            long sequence,
            Instant capturedAt,
            TrackerState tracker,
            @Nullable CounterState counter) {
        this(sequence, capturedAt, tracker, counter, null, false);
    }

    public CameraMemory with(@Nullable String detectorInUse) {
        return new CameraMemory(sequence, capturedAt, tracker, counter, detectorInUse, last);
    }

    public CameraMemory asLast() {
        return new CameraMemory(sequence, capturedAt, tracker, counter, detector, true);
    }
}
