package io.visionops.updater.internal.maker;

import io.visionops.support.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The words after a command: some without a name, and options with a value each. */
final class Arguments {

    // Options of several commands.
    static final String KEYS = "--keys";
    static final String REPOSITORY = "--repository";
    static final String EXPIRES = "--expires";
    static final String FRESH = "--timestamp-expires";

    /** For {@link #FRESH}, or {@link #EXPIRES} of a timestamp, where it is not given. */
    static final String TIMESTAMP_EXPIRES = "7d";

    private final Queue<String> words = new ArrayDeque<>();
    private final Map<String, String> options = new HashMap<>();

    Arguments(List<String> given, List<String> allowed) throws ToolException {
        for (int i = 0; i < given.size(); i++) {
            String word = given.get(i);
            if (!word.startsWith("--")) {
                words.add(word);
                continue;
            }
            if (!allowed.contains(word)) {
                throw new ToolException(
                        "no option " + word + " here; there are " + String.join(", ", allowed));
            }
            if (i + 1 == given.size()) {
                throw new ToolException(word + " needs a value");
            }
            if (options.put(word, given.get(++i)) != null) {
                throw new ToolException(word + " is given twice");
            }
        }
    }

    String word(String what) throws ToolException {
        String word = words.poll();
        if (word == null) {
            throw new ToolException(what + " is missing");
        }
        return word;
    }

    void end() throws ToolException {
        if (!words.isEmpty()) {
            throw new ToolException("what is " + words.peek() + " for?");
        }
    }

    String text(String option, @Nullable String otherwise) throws ToolException {
        String value = options.getOrDefault(option, otherwise);
        if (value == null) {
            throw new ToolException(option + " is missing");
        }
        return value;
    }

    Path path(String option) throws ToolException {
        return Path.of(text(option, null)).toAbsolutePath();
    }

    int number(String option, int otherwise, int most) throws ToolException {
        return (int) number(text(option, String.valueOf(otherwise)), option, most);
    }

    long number(String option, long most) throws ToolException {
        return number(text(option, null), option, most);
    }

    private static long number(String text, String option, long most) throws ToolException {
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new ToolException(option + " is no number: " + text, e);
        }
        throw new ToolException(option + " is to be from 1 to " + most + ", not " + text);
    }

    Duration duration(String option, String otherwise) throws ToolException {
        String text = text(option, otherwise);
        Duration duration = DurationText.parse(text).orElse(Duration.ZERO);
        if (duration.compareTo(Duration.ofMinutes(1)) < 0
                || duration.compareTo(Duration.ofDays(3660)) > 0) {
            throw new ToolException(
                    option
                            + " is to be "
                            + DurationText.ALLOWED
                            + ", from 1m to 3660d, not "
                            + text);
        }
        return duration;
    }
}
