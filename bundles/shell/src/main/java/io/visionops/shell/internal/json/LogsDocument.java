package io.visionops.shell.internal.json;

import io.visionops.api.log.LogPage;
import java.util.List;

/**
 * The newest lines of the log, the oldest of them first.
 *
 * @param complete false when the log was too long to be read in the time that there is
 */
public record LogsDocument(List<LogRow> lines, boolean complete) {

    public static LogsDocument of(LogPage page) {
        return new LogsDocument(page.lines().stream().map(LogRow::of).toList(), page.complete());
    }
}
