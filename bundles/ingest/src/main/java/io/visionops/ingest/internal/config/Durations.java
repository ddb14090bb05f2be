package io.visionops.ingest.internal.config;

import io.visionops.support.DurationText;
import java.time.Duration;
import java.util.Optional;

/** Durations within bounds. */
final class Durations {

    private Durations() {}

    static Duration parse(String key, String text, Duration least, Duration most)
            throws InvalidSetting {
        Optional<Duration> duration = DurationText.parse(text);
        if (duration.isEmpty()) {
            throw InvalidSetting.value(key, text, "must be a duration such as 500ms, 30s, 5m, 1d");
        }
        if (duration.get().compareTo(least) < 0 || duration.get().compareTo(most) > 0) {
            throw InvalidSetting.value(
                    key,
                    text,
                    "must be " + DurationText.show(least) + ".." + DurationText.show(most));
        }
        return duration.get();
    }
}
