package io.visionops.inference.internal.pipeline;

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
 */
record Memory(
        long sequence, Instant capturedAt, TrackerState tracker, @Nullable CounterState counter) {}
