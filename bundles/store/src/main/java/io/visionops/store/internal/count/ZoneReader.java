package io.visionops.store.internal.count;

import io.visionops.api.query.CountQuery;
import io.visionops.api.query.ZoneCount;
import io.visionops.store.internal.sqlite.Reader;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Occupancy by interval. */
public final class ZoneReader {

    private static final String KEY = " WHERE camera = ? AND zone = ? AND label = ?";
    private static final String SUMS = ", object_ms, watched_ms, most";

    public static final String FIRST = "SELECT min(minute) FROM occupancy" + KEY;
    public static final String LAST = "SELECT max(minute) FROM occupancy" + KEY;

    public static final String MINUTES =
            "SELECT minute" + SUMS + " FROM occupancy" + KEY + " AND minute >= ? AND minute < ?";
    public static final String DAYS =
            "SELECT day" + SUMS + " FROM occupancy_by_day" + KEY + " AND day >= ? AND day < ?";

    /** One of these for each interval of each zone. */
    private record Stay(long objectMillis, long watchedMillis, int most) {

        static final Stay NOBODY = new Stay(0, 0, 0);

        Stay plus(Stay other) {
            return new Stay(
                    objectMillis + other.objectMillis,
                    watchedMillis + other.watchedMillis,
                    Math.max(most, other.most));
        }

        /** Over the watched time: stretches without objects have no record of their own. */
        double mean(long analysedMillis) {
            long watched = Math.max(watchedMillis, analysedMillis);
            return watched == 0 ? 0 : (double) objectMillis / watched;
        }
    }

    /** A zone; the arrays are by interval. */
    private static final class Watched {

        private final Series series;
        private final Stay[] stays;
        private final long[] analysed;
        private final long cameraSince;

        Watched(Series series, Stay[] stays, long[] analysed, long cameraSince) {
            this.cameraSince = cameraSince;
            this.series = series;
            this.stays = stays;
            this.analysed = analysed;
        }
    }

    public List<ZoneCount> read(Reader reader, CountQuery query, ZoneId timezone, long now)
            throws SQLException {
        Times.check(query.from(), query.to());
        List<Series> zones = Series.matching(reader, "zone", query);
        if (zones.isEmpty()) {
            return List.of();
        }
        Extent extent = new Extent(reader, now);
        for (Series zone : zones) {
            extent.add(zone);
            extent.add(FIRST, LAST, key(zone));
        }
        Intervals intervals = Intervals.of(query, timezone, extent.first(), extent.end());
        intervals.check(zones.size());
        List<Stretch.Piece> pieces = Stretch.of(intervals);
        AnalysedTime time = new AnalysedTime(reader, intervals);
        List<Watched> watched = new ArrayList<>();
        for (Series zone : zones) {
            Stay[] stays = stays(reader, zone, intervals, pieces);
            watched.add(new Watched(zone, stays, time.analysed(zone), zone.cameraSince(reader)));
        }
        return rows(watched, intervals);
    }

    private static List<ZoneCount> rows(List<Watched> watched, Intervals intervals) {
        List<ZoneCount> rows = new ArrayList<>(watched.size() * intervals.count());
        for (int i = 0; i < intervals.count(); i++) {
            for (Watched one : watched) {
                double share = intervals.share(i, one.analysed[i], one.cameraSince);
                Stay stay = one.stays[i];
                boolean unknown = share == 0 && stay.watchedMillis() == 0;
                rows.add(
                        new ZoneCount(
                                one.series.camera(),
                                one.series.name(),
                                one.series.label(),
                                unknown
                                        ? OptionalDouble.empty()
                                        : OptionalDouble.of(stay.mean(one.analysed[i])),
                                unknown ? OptionalInt.empty() : OptionalInt.of(stay.most()),
                                intervals.from(i),
                                intervals.to(i),
                                share));
            }
        }
        return rows;
    }

    private static Stay[] stays(
            Reader reader, Series zone, Intervals intervals, List<Stretch.Piece> pieces)
            throws SQLException {
        Stay[] stays = new Stay[intervals.count()];
        Arrays.fill(stays, Stay.NOBODY);
        Stretch.read(
                reader,
                intervals,
                pieces,
                MINUTES,
                DAYS,
                key(zone),
                (index, row) ->
                        stays[index] =
                                stays[index].plus(
                                        new Stay(row.getLong(2), row.getLong(3), row.getInt(4))));
        return stays;
    }

    private static List<Object> key(Series zone) {
        return List.of(zone.camera(), zone.name(), zone.label());
    }
}
