package io.visionops.itests;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the journal of a running instance says of the states of its cameras: to the millisecond,
 * where a shell command takes a second.
 */
final class CameraJournal {

    private final String url;

    CameraJournal(Instance instance) {
        Path file = instance.data().resolve("visionops/visionops.db");
        this.url = "jdbc:sqlite:file:" + file + "?mode=ro";
    }

    /**
     * A state that was entered.
     *
     * @param words the cause, and what was seen of it; empty when all is well
     */
    record Entered(Instant time, String state, String words) {

        boolean isStreaming() {
            return state.equals("STREAMING");
        }

        /** The cause alone. */
        String cause() {
            return words.replaceFirst(" \\(.*", "").replaceFirst(": \\d.*", "");
        }
    }

    /** In order. */
    List<Entered> of(String camera, Instant after) throws SQLException {
        List<Entered> all = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement query =
                        connection.prepareStatement(
                                "select time, detail from events where type = 'camera-state' and"
                                        + " camera = ? and time >= ? order by seq")) {
            query.setString(1, camera);
            query.setLong(2, after.toEpochMilli());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String[] parts = rows.getString(2).split(": ", 2);
                    all.add(
                            new Entered(
                                    Instant.ofEpochMilli(rows.getLong(1)),
                                    parts[0],
                                    parts.length > 1 ? parts[1] : ""));
                }
            }
        }
        return all;
    }
}
