package io.visionops.store.internal.coverage;

import io.visionops.api.journal.Fact.Sight;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How spans lie in the database. */
public final class SpanTable {

    private static final Map<String, Sight> SIGHTS =
            Stream.of(Sight.values()).collect(Collectors.toMap(Sight::word, Function.identity()));

    /**
     * Those of a camera and side that touch a time. They do not overlap, so of those that began
     * before it the last one alone can reach into it.
     */
    public static final String TOUCHING =
            "SELECT since, until, sight, cause, seen_ms FROM accounts"
                    + " WHERE camera = ?1 AND side = ?2 AND since <= ?4 AND until >= ?3"
                    + " AND since >= coalesce((SELECT max(since) FROM accounts WHERE camera = ?1"
                    + " AND side = ?2 AND since < ?3), ?3) ORDER BY since";

    /** Those that begin within a time, and the last one that began before it, which may be over. */
    public static final String FROM_BEFORE =
            "SELECT since, until, sight, cause, seen_ms FROM accounts"
                    + " WHERE camera = ?1 AND side = ?2 AND since <= ?4"
                    + " AND since >= coalesce((SELECT max(since) FROM accounts WHERE camera = ?1"
                    + " AND side = ?2 AND since < ?3), ?3) ORDER BY since";

    private SpanTable() {}

    /** The rows of {@link #TOUCHING}. */
    public static List<Span> read(ResultSet rows) throws SQLException {
        List<Span> spans = new ArrayList<>();
        while (rows.next()) {
            spans.add(
                    new Span(
                            rows.getLong(1),
                            rows.getLong(2),
                            sight(rows.getString(3)),
                            rows.getString(4),
                            rows.getLong(5)));
        }
        return spans;
    }

    /** A word that only a newer program knows is not to be taken for more than it is. */
    public static Sight sight(String word) {
        return SIGHTS.getOrDefault(word, Sight.BLIND);
    }
}
