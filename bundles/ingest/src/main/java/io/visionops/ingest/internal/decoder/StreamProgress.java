package io.visionops.ingest.internal.decoder;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a decoder has read of its camera: what ffmpeg tells of the copy that goes nowhere.
 *
 * @param bytes of the stream, in steps of 256 KiB, since that is what it writes at once
 * @param elapsed since its start, by its own monotonic clock
 */
public record StreamProgress(long bytes, Duration elapsed) {

    private static final Pattern REPORT =
            Pattern.compile(
                    "size= *(\\d{1,15})KiB .*elapsed=(\\d{1,6}):(\\d\\d):(\\d\\d)\\.(\\d\\d)");

    /** Empty when a line tells of nothing that is known. */
    public static Optional<StreamProgress> of(String line) {
        Matcher report = REPORT.matcher(line);
        if (!report.find()) {
            return Optional.empty();
        }
        Duration elapsed =
                Duration.ofHours(number(report, 2))
                        .plusMinutes(number(report, 3))
                        .plusSeconds(number(report, 4))
                        .plusMillis(10 * number(report, 5));
        return Optional.of(new StreamProgress(number(report, 1) * 1024, elapsed));
    }

    private static long number(Matcher report, int group) {
        return Long.parseLong(report.group(group));
    }
}
