package io.visionops.ingest.internal.config;

import io.visionops.support.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the values of keys as flags, numbers, choices and durations: each has a default for a key
 * that is not there, and bounds.
 */
final class ValueReader {

    private final Keys keys;

    ValueReader(Keys keys) {
        this.keys = keys;
    }

    /** A duration, or {@code off}: empty. */
    Optional<Duration> limit(String key, Optional<Duration> unset) throws InvalidSetting {
        Optional<String> text = keys.take(key);
        if (text.isEmpty()) {
            return unset;
        }
        if (text.get().equalsIgnoreCase("off")) {
            return Optional.empty();
        }
        if (DurationText.parse(text.get()).isEmpty()) {
            throw InvalidSetting.value(
                    key, text.get(), "must be off or a duration such as 10s, 1m");
        }
        return Optional.of(
                Durations.parse(key, text.get(), Duration.ofSeconds(5), Duration.ofDays(1)));
    }

    Duration duration(String key, String unset, Duration least, Duration most)
            throws InvalidSetting {
        return Durations.parse(key, keys.take(key).orElse(unset), least, most);
    }

    boolean flag(String key, boolean unset) throws InvalidSetting {
        String text = keys.take(key).orElse(String.valueOf(unset));
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw InvalidSetting.value(key, text, "must be true or false");
        };
    }

    <E extends Enum<E>> E choice(String key, E unset, E[] allowed) throws InvalidSetting {
        String text = keys.take(key).orElse(unset.name());
        for (E one : allowed) {
            if (one.name().equalsIgnoreCase(text)) {
                return one;
            }
        }
        List<String> words = new ArrayList<>();
        for (E one : allowed) {
            words.add(one.name().toLowerCase(Locale.ROOT));
        }
        throw InvalidSetting.value(key, text, "must be " + String.join(" or ", words));
    }

    /** A share, 0..1. */
    double decimal(String key, double unset) throws InvalidSetting {
        Optional<String> text = keys.take(key);
        return text.isEmpty() ? unset : Numbers.decimal(key, text.get(), 0, 1);
    }

    int whole(String key, int unset, int least, int most) throws InvalidSetting {
        Optional<String> text = keys.take(key);
        return text.isEmpty() ? unset : Numbers.whole(key, text.get(), least, most);
    }
}
