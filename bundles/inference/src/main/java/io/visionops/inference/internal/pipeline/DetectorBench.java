package io.visionops.inference.internal.pipeline;

import io.visionops.api.detect.Detector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The detectors that are there at the moment. Thread-safe. */
final class DetectorBench {

    /** The best that there is. */
    static final String AUTO = "auto";

    private final String preferred;

    /** Best first; written under "this". */
    private volatile List<Detector> detectors = List.of();

    /** Rises with every change; written under "this". */
    private volatile long version;

    /** Take part in {@link #remove}. */
    private final List<DetectorSeat> seats = new CopyOnWriteArrayList<>();

    /**
     * @param preferred detector of cameras that leave the choice; {@code auto}, {@code motion} or
     *     the name of a model
     */
    DetectorBench(String preferred) {
        this.preferred = preferred;
    }

    synchronized void add(Detector detector) {
        List<Detector> next = new ArrayList<>(detectors);
        next.add(detector);
        next.sort(Comparator.comparingInt(Detector::quality).reversed());
        change(next);
    }

    /**
     * Takes a detector away. It is not in use any more when this returns, unless a call of it takes
     * longer than the limit.
     */
    void remove(Detector detector, long atMostNanos) {
        synchronized (this) {
            List<Detector> next = new ArrayList<>(detectors);
            next.removeIf(one -> one == detector);
            change(next);
        }
        long deadline = System.nanoTime() + atMostNanos;
        for (DetectorSeat seat : seats) {
            seat.release(detector, deadline - System.nanoTime());
        }
    }

    private synchronized void change(List<Detector> next) {
        detectors = List.copyOf(next);
        version++;
        notifyAll();
    }

    void join(DetectorSeat seat) {
        seats.add(seat);
    }

    void leave(DetectorSeat seat) {
        seats.remove(seat);
    }

    long version() {
        return version;
    }

    /**
     * The detector that a camera should use: the one it names, else the preferred one, else the
     * best. One that is wanted and not there is replaced by the best that is.
     *
     * @param wanted as in the camera's settings
     * @param usable those that may be chosen
     */
    Optional<Detector> choose(String wanted, Predicate<Detector> usable) {
        String name = wanted.equals(AUTO) ? preferred : wanted;
        Optional<Detector> best = Optional.empty();
        for (Detector detector : detectors) {
            if (usable.test(detector)) {
                if (detector.name().equals(name)) {
                    return Optional.of(detector);
                }
                if (best.isEmpty()) {
                    best = Optional.of(detector);
                }
            }
        }
        return best;
    }

    /** Waits until the detectors are not those of {@code known} any more. */
    synchronized void awaitChange(long known, long atMostNanos) throws InterruptedException {
        long deadline = System.nanoTime() + atMostNanos;
        while (version == known) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
    }
}
