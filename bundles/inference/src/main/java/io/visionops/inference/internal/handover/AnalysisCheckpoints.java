package io.visionops.inference.internal.handover;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.inference.internal.detector.DetectorState;
import io.visionops.inference.internal.track.TrackerState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memories of all cameras: kept here for an analysis that starts anew, and as checkpoints for
 * the next start of this part. Thread-safe.
 */
public final class AnalysisCheckpoints {

    /** Form of the document. */
    static final int VERSION = 1;

    private static final int CAMERAS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(AnalysisCheckpoints.class);

    private final Documents documents = new Documents();
    private final Clock clock;
    private final long patienceNanos;

    /** Newest by camera, bounded. Guarded by "this". */
    private final Map<String, CameraMemory> newest = bounded();

    /** By camera, bounded; for the next analysis alone. Guarded by "this". */
    private final Map<String, DetectorState> learned = bounded();

    /** Guarded by "this". */
    private @Nullable Checkpoints checkpoints;

    /**
     * @param patience how long a camera's first analysis waits for checkpoints to be there
     */
    public AnalysisCheckpoints(Clock clock, Duration patience) {
        this.clock = clock;
        this.patienceNanos = patience.toNanos();
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > CAMERAS;
            }
        };
    }

    public synchronized void connect(Checkpoints to) {
        checkpoints = to;
        notifyAll();
    }

    /** Has no effect when others are connected by now. */
    public synchronized void disconnect(Checkpoints from) {
        if (checkpoints == from) {
            checkpoints = null;
        }
    }

    /** Whether checkpoints can be written now. */
    public synchronized boolean connected() {
        return checkpoints != null;
    }

    /** Goes on from what an earlier run of this part has left. */
    public synchronized void adopt(
            Map<String, CameraMemory> memories, Map<String, DetectorState> documentsLearned) {
        newest.putAll(memories);
        learned.putAll(documentsLearned);
    }

    /** The newest of every camera. */
    public synchronized Map<String, CameraMemory> all() {
        return Map.copyOf(newest);
    }

    /** What detectors have learned and no analysis has gone on from. */
    public synchronized Map<String, DetectorState> allLearned() {
        return Map.copyOf(learned);
    }

    /** Keeps what a detector has learned for the next analysis of the camera. */
    public synchronized void keep(String camera, DetectorState ofDetector) {
        learned.put(camera, ofDetector);
    }

    /** What a detector has learned of the camera; it is given once. */
    public synchronized Optional<DetectorState> learned(String camera) {
        return Optional.ofNullable(learned.remove(camera));
    }

    /** Keeps a memory; the future is that of the checkpoint. */
    public CompletableFuture<Void> keep(String camera, CameraMemory memory) {
        Checkpoints to;
        synchronized (this) {
            newest.put(camera, memory);
            to = checkpoints;
        }
        if (to == null) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            return to.save(
                    new Checkpoint(
                            owner(camera), VERSION, clock.instant(), documents.write(memory)));
        } catch (RuntimeException | JsonProcessingException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * What an analysis goes on from; empty for a camera that was never analysed. Where that cannot
     * be found out the memory is empty but for its next identity, which is the seconds of the
     * clock: more than were ever given.
     *
     * <p>A checkpoint of another version of this part is passed over, and stays for that one: this
     * one goes on from the latest of its own, as after a crash just then.
     */
    public Optional<CameraMemory> recall(String camera) throws InterruptedException {
        Checkpoints from;
        synchronized (this) {
            CameraMemory memory = newest.get(camera);
            if (memory != null) {
                return Optional.of(memory);
            }
            from = awaitCheckpoints();
        }
        if (from == null) {
            LOG.warn("camera {}: no checkpoints, new objects get identities by the clock", camera);
            return Optional.of(oblivion());
        }
        try {
            Optional<Checkpoint> latest = from.latest(owner(camera));
            if (latest.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    latest.get().version() == VERSION
                            ? read(latest.get())
                            : behind(latest.get(), from.latest(owner(camera), VERSION)));
        } catch (RuntimeException | JsonProcessingException e) {
            LOG.warn(
                    "camera {}: the checkpoint cannot be read, new objects get identities by the"
                            + " clock",
                    camera,
                    e);
            return Optional.of(oblivion());
        }
    }

    private synchronized @Nullable Checkpoints awaitCheckpoints() throws InterruptedException {
        long deadline = System.nanoTime() + patienceNanos;
        while (checkpoints == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        return checkpoints;
    }

    private CameraMemory oblivion() {
        return new CameraMemory(
                0,
                Instant.EPOCH,
                new TrackerState(TrackerState.VERSION, clock.instant().getEpochSecond(), List.of()),
                null);
    }

    /**
     * What is known before a checkpoint of another version.
     *
     * @param known the latest that can be read
     */
    private CameraMemory behind(Checkpoint other, Optional<Checkpoint> known)
            throws JsonProcessingException {
        LOG.warn(
                "{}: the latest checkpoint is of version {} and this part reads version {}: it goes"
                        + " on from {}, new objects get identities by the clock",
                other.owner(),
                other.version(),
                VERSION,
                known.map(one -> "that of " + one.time()).orElse("nothing"));
        return known.isEmpty() ? oblivion() : withIdentitiesByTheClock(read(known.get()));
    }

    /** Since then the other version has given some. */
    private CameraMemory withIdentitiesByTheClock(CameraMemory memory) {
        TrackerState tracker = memory.tracker();
        long next = Math.max(tracker.nextId(), clock.instant().getEpochSecond());
        return new CameraMemory(
                memory.sequence(),
                memory.capturedAt(),
                new TrackerState(tracker.version(), next, tracker.tracks()),
                memory.counter(),
                memory.detector(),
                memory.last());
    }

    private CameraMemory read(Checkpoint checkpoint) throws JsonProcessingException {
        return documents.readMemory(checkpoint.document());
    }

    /** Of the checkpoints of a camera. */
    public static String owner(String camera) {
        return "inference." + camera;
    }
}
