package io.visionops.shell.internal;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the values of {@code --from}, {@code --to}, {@code --since} and {@code --until}. */
public final class TimeOption {

    private static final Pattern BACK = Pattern.compile("(\\d{1,6})([smhd])");

    /** With the zone in which days begin. */
    private final Clock clock;

    public TimeOption(Clock clock) {
        this.clock = clock;
    }

    /**
     * Both ends of a stretch of time; an empty one is open.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public record Range(Optional<Instant> from, Optional<Instant> to) {}

    /**
     * Reads both options; null where one is not given.
     *
     * @throws CommandException when a value is not a time, or they are the wrong way round
     */
    public Range range(@Nullable String from, @Nullable String to) {
        Range range = new Range(read("--from", from), read("--to", to));
        if (range.from().isPresent()
                && range.to().isPresent()
                && !range.from().get().isBefore(range.to().get())) {
            throw new CommandException(
                    "--from " + Plain.line(from) + ": must be before --to " + Plain.line(to));
        }
        return range;
    }

    /**
     * Reads {@code --since}; null where it is not given.
     *
     * @throws CommandException when it is not a time
     */
    public Optional<Instant> since(@Nullable String value) {
        return read("--since", value);
    }

    /**
     * Reads {@code --until}.
     *
     * @throws CommandException when it is not a time
     */
    public Instant until(String value) {
        return read("--until", value).orElseThrow();
    }

    private Optional<Instant> read(String option, @Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(value.toUpperCase(Locale.ROOT)));
        } catch (DateTimeException | ArithmeticException e) {
            throw new CommandException(
                    option
                            + " "
                            + Plain.line(value)
                            + ": must be a time (2026-01-01T08:00:00Z), a date or time in "
                            + clock.getZone()
                            + " (2026-01-01, 2026-01-01T08:00) or how long ago (45s, 30m, 2h,"
                            + " 1d)",
                    e);
        }
    }

    private Instant read(String value) {
        Matcher back = BACK.matcher(value.toLowerCase(Locale.ROOT));
        if (back.matches()) {
            return clock.instant().minus(length(Long.parseLong(back.group(1)), back.group(2)));
        }
        // As tables show it: with a space, and +0545.
        String time =
                value.replaceFirst("(?<=\\d) (?=\\d)", "T")
                        .replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
        if (!time.contains("T")) {
            return LocalDate.parse(time).atStartOfDay(clock.getZone()).toInstant();
        }
        return time.matches("[^T]*+T.*(Z|[+-]\\d\\d(:?\\d\\d)?)")
                ? OffsetDateTime.parse(time).toInstant()
                : LocalDateTime.parse(time).atZone(clock.getZone()).toInstant();
    }

    private static Duration length(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
