package io.visionops.store.internal.count;

import io.visionops.api.camera.Cause;
import io.visionops.api.journal.Fact.Metric;
import io.visionops.api.journal.Fact.Sight;
import io.visionops.api.query.Coverage;
import io.visionops.api.query.Forecast;
import io.visionops.store.internal.coverage.Outage;
import io.visionops.store.internal.coverage.Span;
import io.visionops.store.internal.forecast.Forecaster;
import io.visionops.store.internal.forecast.Hour;
import io.visionops.store.internal.sqlite.Reader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is to be expected of cameras. */
public final class ForecastReader {

    private static final long HOUR = 3_600_000;

    /** Time that says nothing of how the camera will do. */
    private static final Set<String> UNKNOWN = Set.of(Coverage.CLOCK, Cause.PAUSED.key());

    public List<Forecast> read(Reader reader, Optional<String> only, long now) throws SQLException {
        long end = Math.floorDiv(now - Coverage.SETTLED.toMillis(), HOUR) * HOUR;
        List<Forecast> forecasts = new ArrayList<>();
        for (String camera : KnownCameras.names(reader, only)) {
            CameraTimeline book = new CameraTimeline(reader, camera, now);
            if (book.isExpectedNow()) {
                long start = end - Forecaster.MOST * HOUR;
                List<Hour> hours =
                        hours(
                                book.feed(start, end),
                                start,
                                book.metrics().hours(Metric.LATE_MS, start, end),
                                book.metrics().hours(Metric.BITS_PER_SECOND, start, end));
                Forecaster.Verdict verdict = Forecaster.judge(hours);
                forecasts.add(
                        new Forecast(
                                camera,
                                verdict.likely(),
                                Instant.ofEpochMilli(end),
                                verdict.reason()));
            }
        }
        return forecasts;
    }

    /**
     * The hours of an account of the feed.
     *
     * @param late by hour
     * @param bits likewise
     */
    private static List<Hour> hours(List<Span> feed, long start, double[] late, double[] bits) {
        int count = late.length;
        long end = start + count * HOUR;
        int[] outages = new int[count];
        long[] known = new long[count];
        double[] stalled = new double[count];
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
                    stalled[hour] += part.map(p -> p.length() - p.seen()).orElse(0L) / 60_000.0;
                }
                at = next;
            }
        }
        Hour[] hours = new Hour[count];
        for (int i = 0; i < count; i++) {
            hours[i] =
                    known[i] * 2 < HOUR
                            ? Hour.UNKNOWN
                            : new Hour(true, outages[i], stalled[i], late[i], bits[i]);
        }
        return Arrays.asList(hours);
    }
}
