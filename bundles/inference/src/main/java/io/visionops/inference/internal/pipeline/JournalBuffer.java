package io.visionops.inference.internal.pipeline;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Journal;
import io.visionops.api.time.Ticker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be journaled until the journal says that it is written; in order for each camera. A
 * journal that is away, fails or does not answer costs nothing but memory: the same entries are
 * given to it again, and it knows by their ids which it has. Thread-safe; {@link #pump} is for one
 * thread.
 *
 * <p>Holds {@value #CAPACITY} entries. When it is full, the camera that has the most loses its
 * oldest, those without an event first. Pictures that would take more than {@value #PICTURE_BYTES}
 * bytes are left out. All that is lost is counted.
 */
final class JournalBuffer {

    static final int CAPACITY = 10_000;
    static final long PICTURE_BYTES = 32L << 20;

    private static final long LOG_INTERVAL = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(JournalBuffer.class);

    private final Ticker ticker;
    private final Supplier<UUID> ids;
    private final int capacity;
    private final long pictureBytes;

    // All below is guarded by "this".

    private @Nullable Journal journal;

    /** By camera; empty ones are removed. */
    private final Map<String, JournalLane> lanes = new LinkedHashMap<>();

    private int size;
    private long picturesHeld;

    /** It was said that the journal fails, and not yet that it works again. */
    private boolean outage;

    private long lastWarning;
    private long lastLossLog;
    private long droppedFacts;
    private long droppedEvents;
    private long droppedPictures;

    /** What is to be given to the journal next. */
    private record Shipment(JournalLane lane, Entry entry, int attempt, Journal to) {}

    /**
     * @param ids for entries of its own
     */
    JournalBuffer(Ticker ticker, Supplier<UUID> ids) {
        this(ticker, ids, CAPACITY, PICTURE_BYTES);
    }

    JournalBuffer(Ticker ticker, Supplier<UUID> ids, int capacity, long pictureBytes) {
        this.ticker = ticker;
        this.ids = ids;
        this.capacity = capacity;
        this.pictureBytes = pictureBytes;
        this.lastWarning = ticker.nanos() - LOG_INTERVAL;
        this.lastLossLog = lastWarning;
    }

    /**
     * Takes an entry; never blocks.
     *
     * @param completedNanos when the newest frame in it was complete; {@code commits} is told how
     *     long it took from then to the commit
     */
    synchronized void offer(String camera, Entry entry, long completedNanos, Latencies commits) {
        if (size >= capacity) {
            dropOldest();
        }
        JournalLane.Waiting waiting = JournalLane.Waiting.of(entry, completedNanos, commits);
        if (picturesHeld + waiting.pictureBytes() > pictureBytes) {
            waiting = waiting.withoutPictures();
            droppedPictures++;
        }
        picturesHeld += waiting.pictureBytes();
        lanes.computeIfAbsent(camera, name -> new JournalLane()).add(waiting);
        size++;
        notifyAll();
    }

    synchronized void connect(Journal to) {
        journal = to;
        lanes.values().forEach(JournalLane::startAnew);
        notifyAll();
    }

    /** Has no effect when another journal is connected by now. */
    synchronized void disconnect(Journal from) {
        if (journal == from) {
            journal = null;
            lanes.values().forEach(JournalLane::startAnew);
        }
    }

    /** True while there is a journal to give entries to. */
    synchronized boolean connected() {
        return journal != null;
    }

    /** What is not yet known to be written, each camera's in order. */
    synchronized List<Handover.Unwritten> unwritten() {
        List<Handover.Unwritten> all = new ArrayList<>(size);
        lanes.forEach(
                (camera, lane) ->
                        lane.entries()
                                .forEach(entry -> all.add(new Handover.Unwritten(camera, entry))));
        return all;
    }

    /** Entries that are not yet known to be written. */
    synchronized int size() {
        return size;
    }

    synchronized long droppedFacts() {
        return droppedFacts;
    }

    synchronized long droppedEvents() {
        return droppedEvents;
    }

    synchronized long droppedPictures() {
        return droppedPictures;
    }

    /** Sends what can be sent now. */
    void pump() {
        Optional<Shipment> next = next();
        while (next.isPresent()) {
            send(next.get());
            next = next();
        }
    }

    /** Sends until it is interrupted, waiting where there is nothing to do. */
    void run() throws InterruptedException {
        while (true) {
            pump();
            synchronized (this) {
                long wait = untilDue(ticker.nanos());
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.timedWait(this, Math.max(wait, 1_000_000));
                }
            }
        }
    }

    /**
     * Waits until all is written.
     *
     * @return false when that took too long
     */
    synchronized boolean awaitEmpty(long atMostNanos) throws InterruptedException {
        long deadline = System.nanoTime() + atMostNanos;
        while (size > 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        return true;
    }

    private synchronized Optional<Shipment> next() {
        Journal to = journal;
        if (to == null) {
            return Optional.empty();
        }
        long now = ticker.nanos();
        for (JournalLane lane : lanes.values()) {
            if (lane.giveUpOnSilence(now)) {
                warn(now, "no answer within 10 s");
            }
            if (lane.untilDue(now) == 0) {
                boolean probe = lane.wantsProbe();
                Entry entry = probe ? Entry.of(ids.get()) : lane.head().entry();
                return Optional.of(new Shipment(lane, entry, lane.send(probe, now), to));
            }
        }
        return Optional.empty();
    }

    private long untilDue(long now) {
        long wait = Long.MAX_VALUE;
        if (journal != null) {
            for (JournalLane lane : lanes.values()) {
                wait = Math.min(wait, lane.untilDue(now));
            }
        }
        return wait;
    }

    private void send(Shipment shipment) {
        try {
            var unused =
                    shipment.to()
                            .append(shipment.entry())
                            .whenComplete((done, failure) -> answered(shipment, failure));
        } catch (RuntimeException | LinkageError e) {
            // A journal that is being stopped may throw, or lack classes; the entry is as good as
            // refused.
            answered(shipment, e);
        }
    }

    private synchronized void answered(Shipment shipment, @Nullable Throwable failure) {
        long now = ticker.nanos();
        JournalLane lane = shipment.lane();
        Optional<JournalLane.Waiting> head =
                lane.isEmpty() ? Optional.empty() : Optional.of(lane.head());
        switch (lane.answered(shipment.attempt(), failure == null, now)) {
            case WRITTEN -> {
                head.ifPresent(written -> written.commits().add(now - written.completedNanos()));
                head.ifPresent(this::left);
                recovered();
            }
            case GIVEN_UP -> {
                LOG.error("an entry can never be written and is given up", failure);
                head.ifPresent(this::count);
                head.ifPresent(this::left);
            }
            case REFUSED -> warn(now, String.valueOf(failure));
            case PROBED, LATE -> {}
        }
        lanes.values().removeIf(JournalLane::isEmpty);
        notifyAll();
    }

    private void left(JournalLane.Waiting entry) {
        size--;
        picturesHeld -= entry.pictureBytes();
    }

    private void recovered() {
        if (outage) {
            outage = false;
            LOG.info("the journal takes entries again, {} wait", size);
        }
    }

    private void warn(long now, String cause) {
        if (!outage && now - lastWarning >= LOG_INTERVAL) {
            outage = true;
            lastWarning = now;
            LOG.warn(
                    "the journal refuses entries, {} are kept and given to it again: {}",
                    size,
                    cause);
        }
    }

    private void dropOldest() {
        lanes.values().stream()
                .max(Comparator.comparingInt(JournalLane::size))
                .flatMap(JournalLane::drop)
                .ifPresent(
                        dropped -> {
                            count(dropped);
                            left(dropped);
                        });
        long now = ticker.nanos();
        if (now - lastLossLog >= LOG_INTERVAL) {
            lastLossLog = now;
            LOG.error(
                    "the journal has not taken entries for long: {} events and {} other entries are"
                            + " lost so far",
                    droppedEvents,
                    droppedFacts);
        }
    }

    private void count(JournalLane.Waiting lost) {
        if (lost.entry().event().isPresent()) {
            droppedEvents++;
        } else {
            droppedFacts++;
        }
    }
}
