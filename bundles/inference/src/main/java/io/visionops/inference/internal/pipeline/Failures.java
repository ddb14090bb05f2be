package io.visionops.inference.internal.pipeline;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.visionops.api.detect.Detector;
import io.visionops.support.log.LogLimit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which detectors fail for one camera, and until when each is passed over. Used by the camera's
 * thread.
 */
final class Failures {

    private static final int IN_A_ROW = 3;
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final String camera;

    /** Until when a failing detector is passed over. */
    private final Map<Detector, Long> paused = new HashMap<>();

    private int inARow;

    /** The one that was passed over last and has not worked since. */
    private @Nullable Detector failing;

    private String words = "";

    /** For who looks on. */
    private volatile Set<String> passedOver = Set.of();

    private final LogLimit logLimit = new LogLimit();

    Failures(String camera) {
        this.camera = camera;
    }

    boolean isPassedOver(Detector detector) {
        return paused.containsKey(detector);
    }

    /** When the first of them is tried again; {@code now} when none is passed over. */
    long nextTry(long now) {
        return paused.values().stream().mapToLong(Long::longValue).min().orElse(now);
    }

    boolean isEmpty() {
        return paused.isEmpty();
    }

    /** Those whose pause is over may be tried again. */
    void expire(long now) {
        if (paused.values().removeIf(until -> until <= now)) {
            tell();
        }
    }

    /** Another detector begins. */
    void beginAnew() {
        inARow = 0;
    }

    void worked(Detector detector) {
        inARow = 0;
        if (detector == failing) {
            failing = null;
        }
    }

    /** It failed on a frame; returns true when that was once too often and it is passed over. */
    boolean failed(Detector detector, Throwable cause, long now) {
        inARow++;
        if (inARow < IN_A_ROW) {
            log("detector {} failed on a frame of camera {}", detector, cause, now);
            return false;
        }
        passOver(detector, cause, now);
        log("detector {} keeps failing for camera {} and is passed over", detector, cause, now);
        return true;
    }

    /** It cannot even begin. */
    void refused(Detector detector, Throwable cause, long now) {
        passOver(detector, cause, now);
        log("detector {} cannot serve camera {}", detector, cause, now);
    }

    private void passOver(Detector detector, Throwable cause, long now) {
        paused.put(detector, now + PAUSE);
        tell();
        failing = detector;
        words = "detector " + detector.name() + " fails: " + cause.getMessage();
    }

    private void tell() {
        passedOver = paused.keySet().stream().map(Detector::name).collect(toUnmodifiableSet());
    }

    /** Names of those that are passed over; to be called by any thread. */
    Set<String> passedOver() {
        return passedOver;
    }

    /** What a detector that is passed over, or has not worked since, failed with. */
    Optional<String> words(DetectorBench bench) {
        return failing != null && bench.has(failing) ? Optional.of(words) : Optional.empty();
    }

    /** Once a minute, with the cause. */
    private void log(String message, Detector detector, Throwable cause, long now) {
        if (logLimit.allows(now)) {
            LOG.warn(message, detector.name(), camera, cause);
        }
    }
}
