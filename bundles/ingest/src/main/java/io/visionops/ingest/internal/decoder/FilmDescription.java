package io.visionops.ingest.internal.decoder;

import io.visionops.api.child.Child;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.child.ChildSpec;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a film tells of its time, as ffmpeg says it.
 *
 * @param created when it was recorded, where its container holds that
 * @param length empty where only reading it to its end would tell
 */
public record FilmDescription(Optional<Instant> created, Optional<Duration> length) {

    public static final FilmDescription UNKNOWN =
            new FilmDescription(Optional.empty(), Optional.empty());

    /** A file on a slow network must not keep its camera from starting. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Pattern CREATED =
            Pattern.compile(
                    "\\bcreation_time\\s*: (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z)");

    private static final Pattern LENGTH =
            Pattern.compile("\\bDuration: (\\d{1,5}):(\\d\\d):(\\d\\d)\\.(\\d\\d)");

    /** Clocks that were never set begin at 1904, 1970 or 1980. */
    private static final Instant PLAUSIBLE = Instant.parse("1990-01-01T00:00:00Z");

    /**
     * Asks the decoder, which reads the beginning of the film alone.
     *
     * @throws IOException when the decoder cannot be started
     */
    public static FilmDescription ask(ChildProcesses processes, ChildSpec spec)
            throws IOException, InterruptedException {
        Child child = processes.start(spec);
        try {
            child.exit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return of(child.errorLines());
        } catch (ExecutionException | TimeoutException e) {
            return UNKNOWN;
        } finally {
            child.end(Duration.ZERO);
        }
    }

    static FilmDescription of(List<String> lines) {
        Optional<Instant> created = Optional.empty();
        Optional<Duration> length = Optional.empty();
        for (String line : lines) {
            created = created.or(() -> created(line));
            length = length.or(() -> length(line));
        }
        return new FilmDescription(created, length);
    }

    private static Optional<Instant> created(String line) {
        Matcher found = CREATED.matcher(line);
        try {
            return found.find()
                    ? Optional.of(Instant.parse(found.group(1)))
                            .filter(time -> !time.isBefore(PLAUSIBLE))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> length(String line) {
        Matcher found = LENGTH.matcher(line);
        if (!found.find()) {
            return Optional.empty();
        }
        Duration length =
                Duration.ofHours(Long.parseLong(found.group(1)))
                        .plusMinutes(Long.parseLong(found.group(2)))
                        .plusSeconds(Long.parseLong(found.group(3)))
                        .plusMillis(10 * Long.parseLong(found.group(4)));
        return Optional.of(length).filter(one -> !one.isZero());
    }
}
