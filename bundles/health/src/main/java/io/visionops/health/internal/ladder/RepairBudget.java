package io.visionops.health.internal.ladder;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each repair was made for each check of late. Not thread-safe. */
final class RepairBudget {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** Times of the last day, by check and action. */
    private final Map<String, Deque<Duration>> made = new TreeMap<>();

    /**
     * @param before what an earlier run has left
     */
    RepairBudget(Map<String, List<Duration>> before) {
        before.forEach((repair, times) -> made.put(repair, new ArrayDeque<>(times)));
    }

    boolean allows(String check, Rung rung, Duration now) {
        Deque<Duration> times = made.getOrDefault(key(check, rung), new ArrayDeque<>());
        return within(HOUR, times, now) < rung.anHour() && within(DAY, times, now) < rung.aDay();
    }

    private static long within(Duration period, Deque<Duration> times, Duration now) {
        return times.stream().filter(time -> now.minus(time).compareTo(period) < 0).count();
    }

    void spend(String check, Rung rung, Duration now) {
        Deque<Duration> times =
                made.computeIfAbsent(key(check, rung), repair -> new ArrayDeque<>());
        times.removeIf(time -> now.minus(time).compareTo(DAY) >= 0);
        times.add(now);
    }

    private static String key(String check, Rung rung) {
        return check + " " + rung.action();
    }

    /** For the next run: one that is started again by a repair must not make it again at once. */
    Map<String, List<Duration>> made() {
        Map<String, List<Duration>> all = new TreeMap<>();
        made.forEach((repair, times) -> all.put(repair, new ArrayList<>(times)));
        return all;
    }
}
