package io.visionops.api.log;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How important a line of the log is; the least important first. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    /** As people write it: {@code warn}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In any case; empty for another word. */
    public static Optional<LogLevel> of(String word) {
        return Stream.of(values()).filter(one -> one.word().equalsIgnoreCase(word)).findFirst();
    }
}
