package io.visionops.shell.internal.command;

import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.json.LogRow;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;

/** A line of the log for a person. */
final class LogText {

    private LogText() {}

    /** The message in one line, its exception in lines of its own. */
    static String of(LogRow row, Function<Instant, String> time) {
        StringBuilder text = new StringBuilder();
        text.append(time.apply(row.time()))
                .append(String.format(Locale.ROOT, " %-5s ", row.level()))
                .append(row.part().isEmpty() ? row.logger() : Plain.line(row.part()));
        if (row.camera() != null) {
            text.append(" [").append(Plain.line(row.camera())).append(']');
        }
        text.append(": ").append(Plain.line(row.message())).append('\n');
        row.exception().lines().map(line -> "    " + Plain.line(line) + "\n").forEach(text::append);
        return text.toString();
    }
}
