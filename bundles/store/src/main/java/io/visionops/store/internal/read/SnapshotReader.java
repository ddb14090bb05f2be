package io.visionops.store.internal.read;

import io.visionops.api.frame.Picture;
import io.visionops.store.internal.encoding.Ids;
import io.visionops.store.internal.picture.PictureFolder;
import io.visionops.store.internal.picture.PictureKeys;
import io.visionops.store.internal.sqlite.Reader;
import io.visionops.support.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pictures of events. One that is lost or damaged is none. */
final class SnapshotReader {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotReader.class);

    static final String SELECT =
            "SELECT s.file, lower(hex(s.picture_sha256)), s.time, e.camera FROM snapshots s"
                    + " JOIN events e ON e.id = s.event WHERE s.event = ?";

    private final Path folder;
    private final PictureKeys keys;

    /** What the database knows of a picture. */
    record Named(UUID event, String file, String sha256, Instant time, String camera) {}

    SnapshotReader(PictureFolder pictures) {
        this.folder = pictures.path();
        this.keys = pictures.keys();
    }

    Optional<Named> find(Reader reader, UUID event) throws SQLException {
        try (ResultSet row = reader.prepared(SELECT, Ids.bytes(event)).executeQuery()) {
            return row.next()
                    ? Optional.of(
                            new Named(
                                    event,
                                    row.getString(1),
                                    row.getString(2),
                                    Instant.ofEpochMilli(row.getLong(3)),
                                    row.getString(4)))
                    : Optional.empty();
        }
    }

    /** Reads the file; outside the query, which pins the write-ahead log. */
    Optional<Picture> load(Named named) {
        Path file = folder.resolve(named.file());
        try {
            byte[] stored = Files.readAllBytes(file);
            if (Sha256.hex(stored).equals(named.sha256())) {
                byte[] jpeg = keys.open(named.event(), stored);
                JpegSize size = JpegSize.of(jpeg);
                return Optional.of(
                        new Picture(
                                named.camera(), named.time(), size.width(), size.height(), jpeg));
            }
            LOG.warn("the picture {} is damaged and is not shown", file);
        } catch (IOException unreadable) {
            LOG.warn("the picture {} cannot be read: {}", file, unreadable.toString());
        }
        return Optional.empty();
    }
}
