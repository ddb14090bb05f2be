package io.visionops.backup.internal;

import io.visionops.backup.internal.destination.RetentionRule;
import io.visionops.support.DurationText;
import io.visionops.support.NumberText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The configuration, read.
 *
 * @param daily when the daily backup is made, in the zone of this computer; empty: never by itself
 */
record BackupSettings(
        Path target, Path keyFile, Optional<LocalTime> daily, Duration jitter, RetentionRule kept) {

    /**
     * @throws IllegalArgumentException with one line for the admin
     */
    static BackupSettings read(BackupConfig config, Path data) {
        return new BackupSettings(
                path("target", config.target(), data),
                path("key.file", config.key_file(), data),
                time(config.daily().strip()),
                jitter(config.jitter().strip()),
                new RetentionRule(
                        NumberText.read("keep.daily", config.keep_daily(), 1, 366),
                        NumberText.read("keep.weekly", config.keep_weekly(), 0, 520),
                        NumberText.read("keep.hourly", config.keep_hourly(), 0, 168)));
    }

    static BackupSettings defaults(Path data) {
        return new BackupSettings(
                data.resolve("backups"),
                data.resolve("keys/backup.key"),
                Optional.of(LocalTime.of(2, 15)),
                Duration.ofMinutes(10),
                new RetentionRule(7, 4, 24));
    }

    private static Path path(String key, String text, Path data) {
        try {
            if (text.isBlank()) {
                throw new IllegalArgumentException(key + " is refused: it is empty");
            }
            return data.resolve(text.strip()).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(key + " is refused: " + e.getReason(), e);
        }
    }

    private static Optional<LocalTime> time(String text) {
        if (text.equals("off")) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalTime.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "daily = " + text + " is refused: must be a time such as 02:15, or off", e);
        }
    }

    private static Duration jitter(String text) {
        return DurationText.parse(text)
                .filter(one -> one.compareTo(Duration.ofHours(2)) <= 0)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "jitter = "
                                                + text
                                                + " is refused: must be from 0s to 2h, "
                                                + DurationText.ALLOWED));
    }
}
