package io.visionops.health.internal.alert;

import io.visionops.api.journal.Severity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * One a minute for each rule, and thirty an hour for all; a third of these is kept for what is
 * critical. By the monotonic clock, so it begins anew with a restart. Not thread-safe.
 */
final class NotificationLimit {

    private static final Duration PER_RULE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST = 30;
    private static final int MOST_WARNINGS = 20;

    private final Map<String, Long> lastOfRule = new HashMap<>();
    private final Deque<Long> lastHour = new ArrayDeque<>();

    /** Takes the place of one where there is any. */
    boolean takes(Rule rule, Moment now) {
        while (!lastHour.isEmpty() && now.since(lastHour.peekFirst()).compareTo(HOUR) >= 0) {
            lastHour.removeFirst();
        }
        Long last = lastOfRule.get(rule.name());
        int most = rule.severity() == Severity.CRITICAL ? MOST : MOST_WARNINGS;
        if ((last != null && now.since(last).compareTo(PER_RULE) < 0) || lastHour.size() >= most) {
            return false;
        }
        lastOfRule.put(rule.name(), now.nanos());
        lastHour.addLast(now.nanos());
        return true;
    }
}
