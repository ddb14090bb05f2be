package io.visionops.store.internal.count;

import io.visionops.api.journal.Event.Direction;
import io.visionops.api.query.CountQuery;
import io.visionops.api.query.LineCount;
import io.visionops.store.internal.sqlite.Reader;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Crossings by interval. */
public final class LineReader {

    private static final String KEY =
            " WHERE camera = ? AND line = ? AND label = ? AND direction = ?";

    public static final String FIRST = "SELECT min(minute) FROM counts" + KEY;
    public static final String LAST = "SELECT max(minute) FROM counts" + KEY;

    public static final String MINUTES =
            "SELECT minute, count FROM counts" + KEY + " AND minute >= ? AND minute < ?";
    public static final String DAYS =
            "SELECT day, count FROM counts_by_day" + KEY + " AND day >= ? AND day < ?";

    /** A line in one direction; the arrays are by interval. */
    private static final class Counted {

        private final Series series;
        private final Direction direction;
        private final long[] counts;
        private final long[] analysed;
        private final long cameraSince;

        Counted(
                Series series,
                Direction direction,
                long[] counts,
                long[] analysed,
                long cameraSince) {
            this.cameraSince = cameraSince;
            this.series = series;
            this.direction = direction;
            this.counts = counts;
            this.analysed = analysed;
        }
    }

    public List<LineCount> read(Reader reader, CountQuery query, ZoneId zone, long now)
            throws SQLException {
        Times.check(query.from(), query.to());
        List<Series> lines = Series.matching(reader, "line", query);
        if (lines.isEmpty()) {
            return List.of();
        }
        Extent extent = new Extent(reader, now);
        for (Series line : lines) {
            extent.add(line);
            for (Direction direction : Direction.values()) {
                extent.add(FIRST, LAST, key(line, direction));
            }
        }
        Intervals intervals = Intervals.of(query, zone, extent.first(), extent.end());
        intervals.check(lines.size() * Direction.values().length);
        List<Stretch.Piece> pieces = Stretch.of(intervals);
        AnalysedTime time = new AnalysedTime(reader, intervals);
        List<Counted> counted = new ArrayList<>();
        for (Series line : lines) {
            for (Direction direction : Direction.values()) {
                long[] counts = counts(reader, key(line, direction), intervals, pieces);
                counted.add(
                        new Counted(
                                line,
                                direction,
                                counts,
                                time.analysed(line),
                                line.cameraSince(reader)));
            }
        }
        return rows(counted, intervals);
    }

    private static List<LineCount> rows(List<Counted> counted, Intervals intervals) {
        List<LineCount> rows = new ArrayList<>(counted.size() * intervals.count());
        for (int i = 0; i < intervals.count(); i++) {
            for (Counted one : counted) {
                double share = intervals.share(i, one.analysed[i], one.cameraSince);
                long count = one.counts[i];
                rows.add(
                        new LineCount(
                                one.series.camera(),
                                one.series.name(),
                                one.series.label(),
                                one.direction,
                                // What was counted is told also where the watching was not noted.
                                share == 0 && count == 0
                                        ? OptionalLong.empty()
                                        : OptionalLong.of(count),
                                intervals.from(i),
                                intervals.to(i),
                                share));
            }
        }
        return rows;
    }

    private static long[] counts(
            Reader reader, List<Object> key, Intervals intervals, List<Stretch.Piece> pieces)
            throws SQLException {
        long[] counts = new long[intervals.count()];
        Stretch.read(
                reader,
                intervals,
                pieces,
                MINUTES,
                DAYS,
                key,
                (index, row) -> counts[index] += row.getLong(2));
        return counts;
    }

    private static List<Object> key(Series line, Direction direction) {
        return List.of(line.camera(), line.name(), line.label(), direction.word());
    }
}
