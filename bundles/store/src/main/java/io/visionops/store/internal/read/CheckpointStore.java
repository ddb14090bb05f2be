package io.visionops.store.internal.read;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.store.internal.sqlite.Reader;
import io.visionops.store.internal.sqlite.ReaderPool;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.write.JournalWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints in the database. Thread-safe. */
public final class CheckpointStore implements Checkpoints {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

    private static final String COLUMNS =
            "SELECT seq, owner, version, time, document, sha256 FROM checkpoints";

    static final String OF_OWNER = COLUMNS + " WHERE owner = ? ORDER BY seq DESC";
    static final String ALL = COLUMNS + " ORDER BY seq DESC";

    private final ReaderPool pool;
    private final JournalWriter writer;

    public CheckpointStore(ReaderPool pool, JournalWriter writer) {
        this.pool = pool;
        this.writer = writer;
    }

    @Override
    public CompletableFuture<Void> save(Checkpoint checkpoint) {
        return writer.save(checkpoint);
    }

    @Override
    public Optional<Checkpoint> latest(String owner) {
        return pool.read(reader -> latest(reader, owner, any -> true));
    }

    @Override
    public Optional<Checkpoint> latest(String owner, int version) {
        return pool.read(reader -> latest(reader, owner, one -> one == version));
    }

    @Override
    public List<Info> history() {
        return pool.read(CheckpointStore::history);
    }

    private static Optional<Checkpoint> latest(Reader reader, String owner, IntPredicate version)
            throws SQLException {
        RowDigest digest = new RowDigest();
        try (ResultSet row = reader.prepared(OF_OWNER, owner).executeQuery()) {
            while (row.next()) {
                if (!version.test(row.getInt(3))) {
                    continue;
                }
                Checkpoint checkpoint =
                        new Checkpoint(
                                row.getString(2),
                                row.getInt(3),
                                Instant.ofEpochMilli(row.getLong(4)),
                                row.getString(5));
                if (isIntact(row, digest)) {
                    return Optional.of(checkpoint);
                }
                LOG.warn(
                        "the checkpoint of {} of {} is damaged; the one before it is taken",
                        owner,
                        checkpoint.time());
            }
        }
        return Optional.empty();
    }

    private static List<Info> history(Reader reader) throws SQLException {
        RowDigest digest = new RowDigest();
        List<Info> newestFirst = new ArrayList<>();
        try (ResultSet row = reader.prepared(ALL).executeQuery()) {
            while (row.next()) {
                newestFirst.add(
                        new Info(
                                row.getString(2),
                                row.getInt(3),
                                Instant.ofEpochMilli(row.getLong(4)),
                                row.getString(5).getBytes(StandardCharsets.UTF_8).length,
                                isIntact(row, digest)));
            }
        }
        return newestFirst;
    }

    private static boolean isIntact(ResultSet row, RowDigest digest) throws SQLException {
        byte[] expected =
                digest.start("checkpoints")
                        .integer(row.getLong(1))
                        .text(row.getString(2))
                        .integer(row.getLong(3))
                        .integer(row.getLong(4))
                        .text(row.getString(5))
                        .finish();
        return MessageDigest.isEqual(expected, row.getBytes(6));
    }
}
