package io.visionops.launcher.watchdog;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Java machine tells of itself every few seconds: counters that go on while it does its
 * work. Written {@code beat NAME=VALUE/SECONDS ...}.
 */
public record Heartbeat(Map<String, Progress> counters) {

    private static final String WORD = "beat";
    private static final Pattern COUNTER = Pattern.compile("([a-z-]{1,32})=(\\d{1,18})/(\\d{1,6})");

    public Heartbeat {
        counters = Map.copyOf(counters);
    }

    /**
     * One counter.
     *
     * @param limit for how long it may stand still; zero when nothing is expected of it now
     */
    public record Progress(long value, Duration limit) {}

    /** Reads a line; empty when it is no heartbeat. */
    public static Optional<Heartbeat> parse(String line) {
        String[] words = line.strip().split(" ");
        if (!words[0].equals(WORD)) {
            return Optional.empty();
        }
        Map<String, Progress> counters = new TreeMap<>();
        for (int i = 1; i < words.length; i++) {
            Matcher counter = COUNTER.matcher(words[i]);
            if (!counter.matches()) {
                return Optional.empty();
            }
            counters.put(
                    counter.group(1),
                    new Progress(
                            Long.parseLong(counter.group(2)),
                            Duration.ofSeconds(Long.parseLong(counter.group(3)))));
        }
        return Optional.of(new Heartbeat(counters));
    }
}
