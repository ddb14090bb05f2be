package io.visionops.inference.internal.detector;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.visionops.api.detect.Detector;
import io.visionops.api.time.Ticker;
import io.visionops.support.breaker.Breaker;
import io.visionops.support.breaker.BreakerPolicy;
import io.visionops.support.breaker.BreakerStatus.State;
import io.visionops.support.breaker.Breakers;
import io.visionops.support.log.LogLimit;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breakers between one camera and its detectors: which of them fail, and when each is
 * tried again. Used by the camera's thread; {@link #passedOver} and {@link #close} by any.
 */
final class DetectorBreakers implements AutoCloseable {

    /**
     * Sooner than other calls: a detector is in this process and a try costs one frame, while what
     * it would have counted is lost.
     */
    static final BreakerPolicy POLICY =
            BreakerPolicy.DEFAULT.waiting(Duration.ofSeconds(10), Duration.ofMinutes(5));

    private static final Logger LOG = LoggerFactory.getLogger(DetectorBreakers.class);

    private final String camera;
    private final Breakers breakers;
    private final Ticker ticker;
    private final Map<Detector, Breaker> own = new ConcurrentHashMap<>();

    /** What those failed with whose circuit has opened, until they work. */
    private final Map<Detector, String> words = new HashMap<>();

    private final LogLimit logLimit = new LogLimit();

    /**
     * @param breakers those of the part
     */
    DetectorBreakers(String camera, Breakers breakers, Ticker ticker) {
        this.camera = camera;
        this.breakers = breakers;
        this.ticker = ticker;
    }

    boolean mayUse(Detector detector) {
        Breaker breaker = own.get(detector);
        return breaker == null || breaker.status().state() == State.HALF_OPEN || breaker.mayCall();
    }

    /** Whether none of them is passed over or has yet to show that it works again. */
    boolean areClosed() {
        return words.isEmpty();
    }

    /** When the first of them is tried again; {@code now} when none has to wait. */
    long nextTry(long now) {
        long first = Long.MAX_VALUE;
        for (Breaker breaker : own.values()) {
            if (breaker.status().state() == State.OPEN) {
                first = Math.min(first, breaker.status().untilNextTry().toNanos() + 1);
            }
        }
        return first == Long.MAX_VALUE ? now : now + first;
    }

    /** Asks to show it a frame; to be followed by {@link #worked} or {@link #failed}. */
    boolean tryAcquire(Detector detector) {
        return of(detector).tryAcquire();
    }

    void worked(Detector detector) {
        of(detector).succeeded();
        if (!words.isEmpty()) {
            words.remove(detector);
        }
    }

    /** It failed on a frame; returns true when that was once too often. */
    boolean failed(Detector detector, Throwable cause) {
        Breaker breaker = of(detector);
        breaker.failed(cause);
        if (breaker.status().state() != State.OPEN) {
            log("detector {} failed on a frame of camera {}", detector, cause);
            return false;
        }
        passOver(detector, cause);
        log("detector {} keeps failing for camera {} and is passed over", detector, cause);
        return true;
    }

    /** It cannot even begin. */
    void refused(Detector detector, Throwable cause) {
        of(detector).trip(cause);
        passOver(detector, cause);
        log("detector {} cannot serve camera {}", detector, cause);
    }

    /** A call of it does not come back; that each time costs a thread. */
    void hung(Detector detector, Throwable cause) {
        of(detector).trip(cause);
        passOver(detector, cause);
        log("detector {} hangs for camera {} and is passed over", detector, cause);
    }

    /** Whether the next call shows whether it works again. */
    boolean isProbed(Detector detector) {
        return words.containsKey(detector);
    }

    private void passOver(Detector detector, Throwable cause) {
        words.put(detector, "detector " + detector.name() + " fails: " + cause.getMessage());
    }

    /** Names of those that are not asked now; to be called by any thread. */
    Set<String> passedOver() {
        return own.entrySet().stream()
                .filter(entry -> entry.getValue().status().state() == State.OPEN)
                .map(entry -> entry.getKey().name())
                .collect(toUnmodifiableSet());
    }

    /** What a detector failed with that is passed over, or has not worked since. */
    Optional<String> failure(Detector detector) {
        return Optional.ofNullable(words.get(detector));
    }

    /**
     * Forgets those of detectors that are not there any more.
     *
     * @param there whether a detector is
     */
    void retain(Predicate<Detector> there) {
        own.entrySet()
                .removeIf(
                        entry -> {
                            boolean gone = !there.test(entry.getKey());
                            if (gone) {
                                breakers.forget(entry.getValue());
                            }
                            return gone;
                        });
        words.keySet().removeIf(there.negate());
    }

    private Breaker of(Detector detector) {
        Breaker known = own.get(detector);
        if (known != null) {
            return known;
        }
        // One that was loaded anew has not failed, whatever the one of that name before did.
        Breaker fresh =
                breakers.anew("detector " + detector.name() + " of camera " + camera, POLICY);
        own.put(detector, fresh);
        return fresh;
    }

    /** Their meters go. */
    @Override
    public void close() {
        own.values().forEach(breakers::forget);
        own.clear();
    }

    /** Once a minute, with the cause. */
    private void log(String message, Detector detector, Throwable cause) {
        if (logLimit.allows(ticker.nanos())) {
            LOG.warn(message, detector.name(), camera, cause);
        }
    }
}
