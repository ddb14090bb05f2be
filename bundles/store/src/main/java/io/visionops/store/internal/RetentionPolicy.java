package io.visionops.store.internal;

import io.visionops.support.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long rows are kept. Counts are kept for good, checkpoints by number.
 *
 * @param records by kind, the ones that are not named under the empty name
 */
record RetentionPolicy(
        Duration events, Duration tracks, Duration snapshots, Map<String, Duration> records) {

    static final RetentionPolicy DEFAULT =
            new RetentionPolicy(
                    Duration.ofDays(365),
                    Duration.ofDays(2),
                    Duration.ofDays(14),
                    Map.of("", Duration.ofDays(365)));

    RetentionPolicy {
        records = Map.copyOf(records);
    }

    /** Less would remove rows while they are still looked at. */
    private static final Duration LEAST = Duration.ofMinutes(1);

    /** What a configuration says, and one line for each of its values that is refused. */
    record Read(RetentionPolicy kept, List<String> refusals) {}

    /** Reads a configuration; what is wrong in it stays as it is here. */
    Read with(StoreConfig config) {
        List<String> refusals = new ArrayList<>();
        RetentionPolicy kept =
                new RetentionPolicy(
                        read("events.retention", config.events_retention(), events, refusals),
                        read("tracks.retention", config.tracks_retention(), tracks, refusals),
                        read(
                                "snapshots.retention",
                                config.snapshots_retention(),
                                snapshots,
                                refusals),
                        readRecords(config.records_retention(), refusals));
        return new Read(kept, refusals);
    }

    /** Of a kind of records. */
    Duration ofKind(String kind) {
        Duration other = records.getOrDefault("", events);
        return records.getOrDefault(kind, other);
    }

    private Map<String, Duration> readRecords(String value, List<String> refusals) {
        Map<String, Duration> all = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (String part : value.split(",")) {
            String[] words = part.strip().split("\\s+", 2);
            String kind = words.length == 1 ? "" : words[0];
            Duration before = records.getOrDefault(kind, ofKind(""));
            all.put(kind, read("records.retention", words[words.length - 1], before, wrong));
        }
        refusals.addAll(wrong);
        return wrong.isEmpty() ? all : records;
    }

    private static Duration read(String key, String value, Duration good, List<String> refusals) {
        Optional<Duration> duration = DurationText.parse(value);
        if (duration.filter(one -> one.compareTo(LEAST) >= 0).isPresent()) {
            return duration.get();
        }
        String allowed = duration.isPresent() ? "1m or longer" : DurationText.ALLOWED;
        refusals.add(key + " = " + value + " is refused: allowed is " + allowed);
        return good;
    }
}
