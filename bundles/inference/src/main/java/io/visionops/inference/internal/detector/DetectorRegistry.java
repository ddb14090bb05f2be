package io.visionops.inference.internal.detector;

import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.Detector;
import io.visionops.inference.internal.motion.MotionDetector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The detectors that are there at the moment. Thread-safe. */
public final class DetectorRegistry {

    /** The best that there is. */
    public static final String AUTO = "auto";

    private final String preferred;

    /** Best first; written under "this". */
    private volatile List<Detector> detectors = List.of();

    /** Rises with every change of detectors or supply; written under "this". */
    private volatile long version;

    /** Written under "this". */
    private volatile @Nullable DetectorSupply supply;

    /** Take part in {@link #remove}. */
    private final List<BoundSession> seats = new CopyOnWriteArrayList<>();

    /**
     * @param preferred detector of cameras that leave the choice; {@code auto}, {@code motion} or
     *     the name of a model
     */
    public DetectorRegistry(String preferred) {
        this.preferred = preferred;
    }

    public synchronized void add(Detector detector) {
        List<Detector> next = new ArrayList<>(detectors);
        next.add(detector);
        next.sort(Comparator.comparingInt(Detector::quality).reversed());
        change(next);
    }

    /**
     * Takes a detector away. It is not in use any more when this returns, unless a call of it takes
     * longer than the limit.
     */
    public void remove(Detector detector, long atMostNanos) {
        synchronized (this) {
            List<Detector> next = new ArrayList<>(detectors);
            next.removeIf(one -> one == detector);
            change(next);
        }
        long deadline = System.nanoTime() + atMostNanos;
        for (BoundSession seat : seats) {
            seat.release(detector, deadline - System.nanoTime());
        }
    }

    /**
     * Ends all sessions with detectors of that name: their cameras open new ones.
     *
     * @return false when a call took longer than the limit, or there is no such detector
     */
    public boolean reopen(String name, long atMostNanos) {
        List<Detector> those = detectors.stream().filter(one -> one.name().equals(name)).toList();
        long deadline = System.nanoTime() + atMostNanos;
        boolean all = !those.isEmpty();
        for (Detector detector : those) {
            for (BoundSession seat : seats) {
                all &= seat.release(detector, deadline - System.nanoTime());
            }
        }
        return all;
    }

    private synchronized void change(List<Detector> next) {
        detectors = List.copyOf(next);
        version++;
        notifyAll();
    }

    void join(BoundSession seat) {
        seats.add(seat);
    }

    void leave(BoundSession seat) {
        seats.remove(seat);
    }

    long version() {
        return version;
    }

    /** The name that a camera asks for, itself or by what is set for all; {@code auto} for none. */
    String wanted(DetectionSettings analysis) {
        return analysis.detector().equals(AUTO) ? preferred : analysis.detector();
    }

    /**
     * The detector that a camera should use: the one that is asked for by name, else the best that
     * finds anything of what is to be counted. A name that no detector has is not replaced by
     * another: that would count other things. One that is there and may not be chosen is, by the
     * best.
     *
     * @param usable those that may be chosen
     */
    Optional<Detector> choose(DetectionSettings analysis, Predicate<Detector> usable) {
        List<Detector> all = detectors;
        String name = wanted(analysis);
        Optional<Detector> named = all.stream().filter(one -> one.name().equals(name)).findFirst();
        if (!name.equals(AUTO) && named.filter(usable.negate()).isEmpty()) {
            return named;
        }
        List<Detector> best = all.stream().filter(usable).toList();
        return best.stream()
                .filter(one -> !Collections.disjoint(one.labels(), analysis.objects()))
                .findFirst()
                .or(() -> best.stream().findFirst());
    }

    /** The one that needs no model. */
    Optional<Detector> motion() {
        return detectors.stream().filter(one -> one.name().equals(MotionDetector.NAME)).findFirst();
    }

    boolean has(Detector detector) {
        return detectors.contains(detector);
    }

    /** Best first. */
    public List<String> names() {
        return detectors.stream().map(Detector::name).distinct().toList();
    }

    /** Whether any of them finds such objects. */
    boolean finds(String label) {
        return detectors.stream().anyMatch(one -> one.labels().contains(label));
    }

    /** Cameras that wait for a detector look again, and so ask the new one for it. */
    public synchronized void use(@Nullable DetectorSupply other) {
        supply = other;
        version++;
        notifyAll();
    }

    /** Who knows of detectors that are not there. */
    public Optional<DetectorSupply> supply() {
        return Optional.ofNullable(supply);
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
