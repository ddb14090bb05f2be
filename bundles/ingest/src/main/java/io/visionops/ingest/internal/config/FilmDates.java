package io.visionops.ingest.internal.config;

import io.visionops.api.camera.FileStart;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Dates and times of films in the form of ISO 8601, with an offset from UTC or without. */
final class FilmDates {

    private static final int LONGEST = 40;

    /** Times of the journal are counted from then. */
    private static final int FIRST_YEAR = 1970;

    private FilmDates() {}

    static FileStart parse(String key, String text) throws InvalidSetting {
        try {
            FileStart start = parsed(text);
            int year = start.time().getYear();
            if (year >= FIRST_YEAR && year <= 9999) {
                return start;
            }
        } catch (DateTimeException e) {
            // Told below.
        }
        throw InvalidSetting.value(
                key,
                text,
                "must be a date or a time from 1970 on, such as 2026-01-05, 2026-01-05T08:00 or"
                        + " 2026-01-05T08:00:00+01:00");
    }

    private static FileStart parsed(String text) {
        if (text.length() > LONGEST) {
            throw new DateTimeException("too long");
        }
        if (text.indexOf('T') < 0) {
            LocalDate date = LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE);
            return new FileStart(date.atStartOfDay(), Optional.empty());
        }
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(
                        text, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime exact
                ? new FileStart(exact.toLocalDateTime(), Optional.of(exact.getOffset()))
                : new FileStart((LocalDateTime) time, Optional.<ZoneOffset>empty());
    }
}
