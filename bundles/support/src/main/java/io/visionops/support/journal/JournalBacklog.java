package io.visionops.support.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries that wait, by camera; bounded. When it is full, the camera that has the most loses
 * its oldest, those without an event first. Pictures that would take more than a number of bytes
 * are left out. Guarded by the {@link JournalBuffer}.
 */
final class JournalBacklog {

    private final int capacity;
    private final long pictureBytes;
    private final JournalReport report;

    /** By camera; empty ones are removed. */
    private final Map<String, JournalLane> lanes = new LinkedHashMap<>();

    private int size;
    private long picturesHeld;
    private int kept;
    private boolean outdated;

    JournalBacklog(int capacity, long pictureBytes, JournalReport report) {
        this.capacity = capacity;
        this.pictureBytes = pictureBytes;
        this.report = report;
    }

    void add(String camera, JournalLane.Waiting waiting, long now) {
        if (size >= capacity) {
            dropOldest(now);
        }
        lane(camera).add(take(waiting));
    }

    /** Before all others of the camera; to be called where there is {@link #room}. */
    void addFirst(String camera, JournalLane.Waiting waiting) {
        lane(camera).addFirst(take(waiting));
    }

    private JournalLane lane(String camera) {
        return lanes.computeIfAbsent(camera, name -> new JournalLane());
    }

    /** Counts it in; without its pictures when they are too many. */
    private JournalLane.Waiting take(JournalLane.Waiting waiting) {
        JournalLane.Waiting taken = waiting;
        if (picturesHeld + taken.pictureBytes() > pictureBytes) {
            taken = taken.withoutPictures();
            report.droppedPictures();
        }
        picturesHeld += taken.pictureBytes();
        size++;
        if (taken.kept()) {
            kept++;
        }
        return taken;
    }

    private void dropOldest(long now) {
        lanes.values().stream()
                .max(Comparator.comparingInt(JournalLane::size))
                .flatMap(JournalLane::drop)
                .ifPresent(
                        dropped -> {
                            report.dropped(dropped.entry());
                            left(dropped);
                        });
        report.full(now);
    }

    /** It has left its lane. */
    void left(JournalLane.Waiting entry) {
        size--;
        picturesHeld -= entry.pictureBytes();
        if (entry.kept()) {
            kept--;
            outdated = true;
        }
    }

    void removeEmptyLanes() {
        lanes.values().removeIf(JournalLane::isEmpty);
    }

    /** Another journal is there, or none. */
    void startAnew() {
        lanes.values().forEach(JournalLane::startAnew);
    }

    Collection<JournalLane> lanes() {
        return lanes.values();
    }

    int size() {
        return size;
    }

    int room() {
        return Math.max(0, capacity - size);
    }

    /** All of them lie in the file too from now on. */
    void keepAll() {
        lanes.values().forEach(lane -> kept += lane.keepAll());
    }

    /** Entries that lie in the file too. */
    int kept() {
        return kept;
    }

    /** Whether some of what lies in the file waits no more. */
    boolean isOutdated() {
        return outdated;
    }

    void setOutdated(boolean outdated) {
        this.outdated = outdated;
    }

    /** What is not yet known to be written, each camera's in order. */
    List<Unwritten> unwritten() {
        List<Unwritten> all = new ArrayList<>(size);
        lanes.forEach(
                (camera, lane) ->
                        lane.entries().forEach(entry -> all.add(new Unwritten(camera, entry))));
        return all;
    }
}
