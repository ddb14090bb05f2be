package io.visionops.store.internal.read;

import io.visionops.api.query.FrameTracks;
import io.visionops.api.query.TrackQuery;
import io.visionops.store.internal.count.Times;
import io.visionops.store.internal.encoding.TrackBlob;
import io.visionops.store.internal.sqlite.Reader;
import io.visionops.store.internal.write.Sequence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The objects of analysed frames. */
final class TrackReader {

    /** A caller that needs more asks again from the last time on. */
    static final int MOST = 100_000;

    static final String SELECT =
            "SELECT seq, frame, objects, sha256 IS row_sha256('tracks', seq, camera, frame,"
                    + " objects) FROM tracks WHERE camera = ? AND seq >= ? AND seq < ?"
                    + " ORDER BY seq LIMIT "
                    + MOST;

    List<FrameTracks> read(Reader reader, TrackQuery query) throws SQLException {
        Times.check(query.from(), query.to());
        long from = Times.firstKey(query.from());
        long to = Times.endKey(query.to());
        List<FrameTracks> frames = new ArrayList<>();
        try (ResultSet row = reader.prepared(SELECT, query.camera(), from, to).executeQuery()) {
            while (row.next()) {
                if (!SoundRow.is(reader, row, 4, "tracks", row.getLong(1))) {
                    continue;
                }
                frames.add(
                        new FrameTracks(
                                query.camera(),
                                row.getLong(2),
                                Instant.ofEpochMilli(Sequence.time(row.getLong(1))),
                                TrackBlob.decode(row.getBytes(3))));
            }
        } catch (IllegalArgumentException damaged) {
            throw new SQLException(damaged.getMessage(), damaged);
        }
        return frames;
    }
}
