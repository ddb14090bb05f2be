package io.visionops.api.log;

import java.util.List;

/**
 * The newest lines that were asked for, the oldest of them first.
 *
 * @param complete false when the log was too long to be read in the time that there is: older lines
 *     may have been left out
 */
public record LogPage(List<LogLine> lines, boolean complete) {

    public LogPage {
        lines = List.copyOf(lines);
    }
}
