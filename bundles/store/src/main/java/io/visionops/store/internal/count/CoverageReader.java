package io.visionops.store.internal.count;

import io.visionops.api.query.Coverage;
import io.visionops.api.query.CoverageQuery;
import io.visionops.store.internal.coverage.Balance;
import io.visionops.store.internal.sqlite.Reader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Where the time of cameras went. */
public final class CoverageReader {

    public List<Coverage> read(Reader reader, CoverageQuery query, ZoneId zone, long now)
            throws SQLException {
        Times.check(query.from(), query.to());
        Set<String> cameras = KnownCameras.names(reader, query.camera());
        long first = KnownCameras.first(reader, cameras, now);
        Intervals intervals =
                Intervals.of(query.from(), query.to(), query.interval(), zone, first, now);
        intervals.check(cameras.size());
        List<CameraTimeline> books = new ArrayList<>();
        for (String camera : cameras) {
            books.add(new CameraTimeline(reader, camera, now));
        }
        List<Coverage> rows = new ArrayList<>();
        for (int i = 0; i < intervals.count(); i++) {
            for (CameraTimeline book : books) {
                Balance balance = book.balance(intervals.startOf(i), intervals.endOf(i));
                rows.add(coverage(book.camera(), intervals.from(i), intervals.to(i), balance));
            }
        }
        return rows;
    }

    private static Coverage coverage(String camera, Instant from, Instant to, Balance balance) {
        long watched = 0;
        long degradedMillis = 0;
        long degradedSeen = 0;
        Map<String, Duration> degraded = new TreeMap<>();
        Map<String, Duration> blind = new TreeMap<>();
        for (Balance.Item item : balance.items()) {
            Duration length = Duration.ofMillis(item.millis());
            switch (item.sight()) {
                case WATCHED -> watched += item.millis();
                case DEGRADED -> {
                    degraded.put(item.cause(), length);
                    degradedMillis += item.millis();
                    degradedSeen += item.seen();
                }
                case BLIND -> blind.put(item.cause(), length);
            }
        }
        return new Coverage(
                camera,
                from,
                to,
                Duration.ofMillis(balance.millis()),
                Duration.ofMillis(watched),
                degraded,
                degradedMillis == 0
                        ? 1
                        : Math.round(10_000.0 * degradedSeen / degradedMillis) / 10_000.0,
                blind);
    }
}
