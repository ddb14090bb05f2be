package io.visionops.ingest.internal.coverage;

import io.visionops.api.camera.CameraState;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Fact.Metric;
import io.visionops.ingest.internal.decoder.StreamProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes the figures of a camera that may announce a failure: bit rate, how late frames come, how
 * long it takes to come back. Told every ten minutes, so a crash loses no more than that. Pure:
 * knows no clock. Guarded by the feed's lock.
 */
final class StreamMetrics {

    /** A part of an hour: what is told belongs to one hour. */
    private static final Duration TOLD = Duration.ofMinutes(10);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Time is told twice a second; when it was not for so long, this computer stood still. */
    private static final long STANDSTILL = 2_000_000_000L;

    private final String camera;
    private final Consumer<Fact> told;
    private final JitterMeter lateness = new JitterMeter();
    private final Map<Metric, Mean> means = new EnumMap<>(Metric.class);

    /** Since when the camera is tried again. */
    private Optional<Long> trying = Optional.empty();

    /** What the decoder of that process had read when it was looked at last. */
    private long process;

    private StreamProgress read = new StreamProgress(0, Duration.ZERO);
    private long lastTick;
    private Instant minute;
    private Instant stretch;

    StreamMetrics(String camera, Instant at, Consumer<Fact> told) {
        this.camera = camera;
        this.told = told;
        this.minute = start(at, MINUTE);
        this.stretch = start(at, TOLD);
        for (Metric metric : Metric.values()) {
            means.put(metric, new Mean());
        }
    }

    void frame(long nanos) {
        lateness.frame(nanos);
    }

    /**
     * @param again whether it is in this state after another one: the first connection waits for
     *     its turn and for the program to be unpacked
     */
    void state(CameraState state, boolean again, long nanos) {
        boolean streams = state == CameraState.STREAMING || state == CameraState.DEGRADED;
        if (streams && trying.isPresent()) {
            add(Metric.CONNECT_MS, (nanos - trying.get()) / 1e6, 1);
        }
        if (!streams) {
            lateness.interrupt();
        }
        trying = state == CameraState.CONNECTING && again ? Optional.of(nanos) : Optional.empty();
    }

    /** What a decoder has read so far. */
    void read(long pid, StreamProgress volume) {
        long millis = volume.elapsed().minus(read.elapsed()).toMillis();
        if (pid == process && millis > 0) {
            double bits = 8.0 * (volume.bytes() - read.bytes());
            add(Metric.BITS_PER_SECOND, bits * 1000 / millis, millis);
        }
        process = pid;
        read = volume;
    }

    void tick(Instant at, long nanos) {
        if (nanos - lastTick > STANDSTILL) {
            lateness.interrupt();
        }
        lastTick = nanos;
        if (!start(at, MINUTE).equals(minute)) {
            lateness.take().ifPresent(late -> add(Metric.LATE_MS, late, 1));
            minute = start(at, MINUTE);
        }
        if (!start(at, TOLD).equals(stretch)) {
            tell();
            stretch = start(at, TOLD);
        }
    }

    /** Tells what is not told yet. */
    void close() {
        tell();
    }

    private void add(Metric metric, double value, long weight) {
        Mean mean = means.get(metric);
        if (mean != null) {
            mean.add(value, weight);
        }
    }

    private void tell() {
        means.forEach(
                (metric, mean) -> {
                    long weight = mean.weight();
                    mean.take()
                            .ifPresent(
                                    value ->
                                            told.accept(
                                                    new Fact.Measured(
                                                            camera, metric, stretch, value,
                                                            weight)));
                });
    }

    private static Instant start(Instant at, Duration unit) {
        return Instant.ofEpochMilli(
                Math.floorDiv(at.toEpochMilli(), unit.toMillis()) * unit.toMillis());
    }
}
