package io.visionops.store.internal.count;

import io.visionops.api.camera.Cause;
import io.visionops.api.journal.Fact.Metric;
import io.visionops.api.journal.Fact.Sight;
import io.visionops.api.query.CameraHours;
import io.visionops.api.query.Coverage;
import io.visionops.store.internal.coverage.Outage;
import io.visionops.store.internal.coverage.Span;
import io.visionops.store.internal.sqlite.Reader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** How the streams of cameras did by hour. */
public final class HourReader {

    private static final int MOST = 1000;

    private static final long HOUR = 3_600_000;

    /** Time that says nothing of how the camera will do. */
    private static final Set<String> UNKNOWN = Set.of(Coverage.CLOCK, Cause.PAUSED.key());

    /**
     * @throws IllegalArgumentException when nobody may ask for so many hours
     */
    public void check(int hours) {
        if (hours < 1 || hours > MOST) {
            throw new IllegalArgumentException(
                    "hours " + hours + ": from 1 to " + MOST + " is allowed");
        }
    }

    /**
     * @param count how many hours
     */
    public List<CameraHours> read(Reader reader, Optional<String> only, int count, long now)
            throws SQLException {
        long end = Math.floorDiv(now - Coverage.SETTLED.toMillis(), HOUR) * HOUR;
        long start = end - count * HOUR;
        List<CameraHours> cameras = new ArrayList<>();
        for (String camera : KnownCameras.names(reader, only)) {
            CameraTimeline book = new CameraTimeline(reader, camera, now);
            if (book.isExpectedNow()) {
                List<CameraHours.Hour> hours =
                        hours(
                                book.feed(start, end),
                                start,
                                book.metrics().hours(Metric.LATE_MS, start, end),
                                book.metrics().hours(Metric.BITS_PER_SECOND, start, end));
                cameras.add(new CameraHours(camera, Instant.ofEpochMilli(start), hours));
            }
        }
        return cameras;
    }

    /**
     * The hours of an account of the feed.
     *
     * @param late by hour
     * @param bits likewise
     */
    private static List<CameraHours.Hour> hours(
            List<Span> feed, long start, double[] late, double[] bits) {
        int count = late.length;
        long end = start + count * HOUR;
        int[] outages = new int[count];
        long[] known = new long[count];
        long[] stalled = new long[count];
        for (Outage outage : Outage.of(feed)) {
            if (outage.since() >= start && outage.since() < end) {
                outages[(int) ((outage.since() - start) / HOUR)]++;
            }
        }
        for (Span span : feed) {
            long at = Math.max(start, span.since());
            while (at < Math.min(end, span.until())) {
                int hour = (int) ((at - start) / HOUR);
                long next = Math.min(Math.min(end, span.until()), start + (hour + 1) * HOUR);
                Optional<Span> part = span.after(at).flatMap(rest -> rest.before(next));
                known[hour] += UNKNOWN.contains(span.cause()) ? 0 : next - at;
                if (span.sight() == Sight.DEGRADED) {
                    stalled[hour] += part.map(p -> p.length() - p.seen()).orElse(0L);
                }
                at = next;
            }
        }
        List<CameraHours.Hour> hours = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hours.add(
                    new CameraHours.Hour(
                            Duration.ofMillis(known[i]),
                            outages[i],
                            Duration.ofMillis(stalled[i]),
                            measured(late[i]),
                            measured(bits[i])));
        }
        return hours;
    }

    private static OptionalDouble measured(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
