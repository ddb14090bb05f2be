package io.visionops.support.time;

import io.visionops.api.time.Ticker;
import io.visionops.support.DurationText;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time by which what is kept grows old. A machine whose battery is dead may boot years away
 * from now, and what is removed by that does not come back. So this time goes on with the monotonic
 * clock, from life to life, and follows the wall clock where they agree. A leap of the wall clock
 * is believed when the clock has kept its new course for a tenth of the leap, at least an hour and
 * at most thirty days, in which this ran; meanwhile the earlier of the two counts. Thread-safe.
 */
public final class TrustedClock {

    /** Clocks are slewed and ticks are lost by so much between two looks; more is a leap. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private static final Duration SHORTEST_HOLD = Duration.ofHours(1);
    private static final Duration LONGEST_HOLD = Duration.ofDays(30);

    /** Time without us in which the wall clock may have kept its course. */
    private static final Duration AWAY = Duration.ofDays(3);

    private static final Logger LOG = LoggerFactory.getLogger(TrustedClock.class);
    private static final Pattern FORM =
            Pattern.compile("trusted=(\\d{1,15})\\nwall=(\\d{1,15})\\nheld=(\\d{1,15})\\n");

    private final Path file;
    private final Clock clock;
    private final Ticker ticker;

    // All below is guarded by "this"; milliseconds.

    private long trusted;
    private long lastWall;
    private long lastTick;

    /** For so long the wall clock has kept the course that does not agree with this. */
    private long held;

    private boolean agreed = true;
    private @Nullable String trouble;

    private record State(long trusted, long wall, long held) {}

    /**
     * @param file where it is kept from life to life
     * @param newest when the newest of what is kept was written, where there is no such file yet
     */
    public TrustedClock(Path file, Clock clock, Ticker ticker, Supplier<Optional<Instant>> newest) {
        this.file = file;
        this.clock = clock;
        this.ticker = ticker;
        lastWall = clock.millis();
        lastTick = ticker.nanos();
        Optional<State> left = read();
        trusted =
                left.map(State::trusted)
                        .orElseGet(() -> newest.get().orElse(clock.instant()).toEpochMilli());
        long away = left.map(state -> lastWall - state.wall()).orElse(-1L);
        held = away >= 0 && away <= AWAY.toMillis() ? left.map(State::held).orElse(0L) : 0;
    }

    /** Nothing that is to be kept until after this time may be removed. */
    public synchronized Instant now() {
        long wall = clock.millis();
        long tick = ticker.nanos();
        long elapsed = TimeUnit.NANOSECONDS.toMillis(tick - lastTick);
        boolean leapt = Math.abs(wall - lastWall - elapsed) > SLACK.toMillis();
        held = leapt ? 0 : held + elapsed;
        lastWall = wall;
        lastTick = tick;
        long passed = trusted + elapsed;
        follow(wall, passed, wall - passed);
        write(new State(trusted, wall, held));
        return Instant.ofEpochMilli(Math.min(wall, trusted));
    }

    private void follow(long wall, long passed, long leap) {
        long hold = hold(leap);
        if (Math.abs(leap) <= SLACK.toMillis() || held >= hold) {
            if (!agreed) {
                LOG.info("the clock is believed again: {}", Instant.ofEpochMilli(wall));
            }
            trusted = wall;
            held = 0;
            agreed = true;
            trouble = null;
            return;
        }
        trusted = passed;
        trouble =
                "the clock is "
                        + coarse(Math.abs(leap))
                        + (leap > 0 ? " ahead of" : " behind")
                        + " the time that has passed; it is believed in "
                        + coarse(hold - held)
                        + ", or when it is set right";
        if (agreed || held == 0) {
            LOG.warn("{}; until then nothing is removed for its age by the new time", trouble);
        }
        agreed = false;
    }

    /** What is wrong and for how long; empty when the clocks agree. */
    public synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private static long hold(long leap) {
        return Math.max(
                SHORTEST_HOLD.toMillis(), Math.min(Math.abs(leap) / 10, LONGEST_HOLD.toMillis()));
    }

    /** To the day, the hour or the minute. */
    private static String coarse(long millis) {
        Duration duration = Duration.ofMillis(millis);
        if (duration.toDays() > 1) {
            return DurationText.show(Duration.ofDays(duration.toDays()));
        }
        return duration.toHours() > 1
                ? DurationText.show(Duration.ofHours(duration.toHours()))
                : DurationText.show(Duration.ofMinutes(Math.max(1, duration.toMinutes())));
    }

    private Optional<State> read() {
        try {
            Matcher parts = FORM.matcher(Files.readString(file));
            if (parts.matches()) {
                return Optional.of(new State(number(parts, 1), number(parts, 2), number(parts, 3)));
            }
            LOG.warn("{} is damaged and is not believed", file);
        } catch (NoSuchFileException e) {
            LOG.debug("no {} yet", file, e);
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
        }
        return Optional.empty();
    }

    private static long number(Matcher parts, int group) {
        return Long.parseLong(parts.group(group));
    }

    private void write(State state) {
        String text =
                "trusted="
                        + Math.max(0, state.trusted())
                        + "\nwall="
                        + Math.max(0, state.wall())
                        + "\nheld="
                        + state.held()
                        + "\n";
        try {
            WholeFile.write(file, text.getBytes(StandardCharsets.US_ASCII), true);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", file, e.toString());
        }
    }
}
