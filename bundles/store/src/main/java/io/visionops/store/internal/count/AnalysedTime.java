package io.visionops.store.internal.count;

import io.visionops.store.internal.sqlite.Reader;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long of each interval was seen while a series was counted. For one query. */
final class AnalysedTime {

    private final Reader reader;
    private final Intervals intervals;
    private final Map<String, CameraTime> cameras = new HashMap<>();

    /** The series of a camera mostly share their periods, and reading them is the costly part. */
    private final Map<Key, long[]> known = new HashMap<>();

    private record Key(String camera, List<Period> periods) {}

    AnalysedTime(Reader reader, Intervals intervals) {
        this.reader = reader;
        this.intervals = intervals;
    }

    /** Milliseconds by interval; do not change them. */
    long[] analysed(Series series) throws SQLException {
        Key key = new Key(series.camera(), series.periods());
        long[] millis = known.get(key);
        if (millis == null) {
            millis = new long[intervals.count()];
            CameraTime time =
                    cameras.computeIfAbsent(
                            series.camera(), camera -> new CameraTime(reader, camera));
            for (Period period : series.periods()) {
                add(time, period, millis);
            }
            known.put(key, millis);
        }
        return millis;
    }

    private void add(CameraTime time, Period period, long[] millis) throws SQLException {
        for (int i = 0; i < millis.length; i++) {
            long from = Math.max(period.since(), intervals.startOf(i));
            long to = Math.min(period.until(), intervals.endOf(i));
            if (from < to) {
                millis[i] += time.between(from, to).seen();
            }
        }
    }
}
