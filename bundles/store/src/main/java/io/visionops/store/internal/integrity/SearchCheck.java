package io.visionops.store.internal.integrity;

import io.visionops.api.database.IntegrityDamage;
import io.visionops.store.internal.sqlite.Faults;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether each event is found by its own words. The search index holds no text that could be
 * compared, and SQLite's own check of such an index sees only its structure.
 */
final class SearchCheck {

    static final String EVENTS = "events";

    private static final String INDEX = "events_text";

    private static final String[] COLUMNS = {"camera", "label", "line", "zone", "type", "detail"};

    private static final String SELECT =
            // Of what is no camera, older versions have indexed no name.
            "SELECT seq, camera, label, line, zone, type, detail FROM events WHERE seq > ? AND seq"
                    + " <= ? ORDER BY seq";

    private static final String FIND =
            "SELECT 1 FROM events_text WHERE events_text MATCH ? AND rowid = ?";

    private SearchCheck() {}

    /**
     * Of the events between two keys.
     *
     * @param after empty: from the first one on
     * @param last empty: up to the last one
     */
    static List<IntegrityDamage> of(Connection connection, List<Object> after, List<Object> last)
            throws SQLException {
        List<IntegrityDamage> damage = new ArrayList<>();
        // One state of the database: retention takes an event and its words at once.
        connection.setAutoCommit(false);
        try (PreparedStatement select = connection.prepareStatement(SELECT);
                PreparedStatement find = connection.prepareStatement(FIND)) {
            select.setObject(1, after.isEmpty() ? Long.MIN_VALUE : after.get(0));
            select.setObject(2, last.isEmpty() ? Long.MAX_VALUE : last.get(0));
            try (ResultSet events = select.executeQuery()) {
                while (events.next() && damage.isEmpty()) {
                    check(events, find).ifPresent(damage::add);
                }
            }
        } catch (SQLException e) {
            if (!Faults.isDamaged(e)) {
                throw e;
            }
            damage.add(new IntegrityDamage(INDEX, "", Faults.inWords(e)));
        } finally {
            connection.setAutoCommit(true);
        }
        return damage;
    }

    private static Optional<IntegrityDamage> check(ResultSet event, PreparedStatement find)
            throws SQLException {
        long seq = event.getLong(1);
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < COLUMNS.length; i++) {
            String text = event.getString(i + 2);
            if (hasWord(text)) {
                words.append(words.isEmpty() ? "" : " AND ")
                        .append(COLUMNS[i])
                        .append(" : \"")
                        .append(text.replace("\"", "\"\"").replace('\u0000', ' '))
                        .append('"');
            }
        }
        if (words.isEmpty()) {
            return Optional.empty();
        }
        find.setString(1, words.toString());
        find.setLong(2, seq);
        try (ResultSet found = find.executeQuery()) {
            return found.next()
                    ? Optional.empty()
                    : Optional.of(
                            new IntegrityDamage(
                                    INDEX, "seq=" + seq, "the event is not found by its words"));
        }
    }

    private static boolean hasWord(@Nullable String text) {
        return text != null && text.codePoints().anyMatch(Character::isLetterOrDigit);
    }
}
