package io.visionops.store.internal.replace;

import io.visionops.api.database.DatabaseMerge;
import io.visionops.store.internal.sqlite.Faults;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what the former database has more than the one that replaced it, once, before the
 * latter is used. A power cut in between changes nothing: it is done at the next opening.
 */
public final class TakeOver {

    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

    private final Path folder;

    public TakeOver(Path folder) {
        this.folder = folder;
    }

    /** Whether the database has replaced another one since it was opened last. */
    public boolean isPending() {
        return Files.exists(folder.resolve(DatabaseFiles.NOTE));
    }

    /**
     * Never keeps the database from being opened.
     *
     * @return empty when the database has replaced none
     */
    public Optional<DatabaseMerge> run(WriteConnection connection) {
        Path note = folder.resolve(DatabaseFiles.NOTE);
        if (!Files.exists(note)) {
            return Optional.empty();
        }
        Path kept = folder;
        DatabaseMerge result;
        try {
            kept = Path.of(Files.readString(note).strip());
            Path former = kept.resolve(DatabaseFiles.NAME);
            // Two connections of one file under two names would not see each other's log.
            if (Files.exists(former)
                    && Files.isSameFile(former, folder.resolve(DatabaseFiles.NAME))) {
                throw new IOException("it is the present one: it was not replaced");
            }
            Map<String, Long> rows = new RowMerge(connection).run(former);
            LOG.info("taken over from the former database {}: {}", kept, rows);
            result = new DatabaseMerge(Optional.of(kept), rows, "");
        } catch (SQLException | IOException | RuntimeException e) {
            String why = Faults.inWords(e);
            LOG.warn("nothing was taken over from the former database {}: {}", kept, why);
            result = new DatabaseMerge(Optional.of(kept), Map.of(), why);
        }
        try {
            Files.deleteIfExists(note);
        } catch (IOException e) {
            LOG.warn("{} stays: {}", note, e.getMessage());
        }
        return Optional.of(result);
    }
}
