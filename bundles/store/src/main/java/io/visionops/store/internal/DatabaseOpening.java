package io.visionops.store.internal;

import io.visionops.api.database.DatabaseMerge;
import io.visionops.api.database.IntegrityDamage;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.store.internal.integrity.IntegrityState;
import io.visionops.store.internal.integrity.IntegrityWatch;
import io.visionops.store.internal.repair.DatabaseRepair;
import io.visionops.store.internal.repair.LogRepair;
import io.visionops.store.internal.replace.MigrationCopy;
import io.visionops.store.internal.replace.TakeOver;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.Faults;
import io.visionops.store.internal.sqlite.Migrations;
import io.visionops.store.internal.sqlite.RefusedException;
import io.visionops.store.internal.sqlite.WriteConnection;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the database of a folder is opened: what is damaged is made anew first, the schema brought to
 * the form of this program, and what a former database has more taken over. Used by one thread.
 */
final class DatabaseOpening {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseOpening.class);

    private final Path folder;
    private final Path file;
    private final Clock clock;
    private final Ticker ticker;
    private final IntegrityState integrity;
    private final TakeOver takeOver;

    /** What came of a repair that nobody was told of yet. */
    private @Nullable String repaired;

    /** What came of the database that this one has replaced. */
    private volatile Optional<DatabaseMerge> merged = Optional.empty();

    DatabaseOpening(Path folder, IntegrityState integrity, Clock clock, Ticker ticker) {
        this.folder = folder;
        this.file = folder.resolve("visionops.db");
        this.integrity = integrity;
        this.clock = clock;
        this.ticker = ticker;
        this.takeOver = new TakeOver(folder);
    }

    Path file() {
        return file;
    }

    /** What was taken over from the database that was here before, at the last opening. */
    Optional<DatabaseMerge> merged() {
        return merged;
    }

    /** What came of a repair, once. */
    Optional<String> takeRepaired() {
        Optional<String> words = Optional.ofNullable(repaired);
        repaired = null;
        return words;
    }

    /** One that is damaged is made anew first, of what is sound in it. */
    WriteConnection open() throws SQLException, IOException, RefusedException {
        DatabaseRepair repair = new DatabaseRepair(folder, file, clock);
        repair.resume();
        if (takeOver.isPending()) {
            integrity.replaced();
        }
        Optional<String> mended = LogRepair.run(file);
        if (mended.isPresent()) {
            integrity.checkSoon();
            repaired = mended.get() + "; what it holds was brought into the database";
            checkAll();
        }
        Optional<String> damage = known();
        if (damage.isEmpty() && Files.exists(inUse())) {
            damage = repair.check();
            integrity.checkSoon();
        }
        if (damage.isPresent() && Files.exists(file)) {
            repair(repair, damage.get());
        }
        WriteConnection connection;
        try {
            connection = connect();
        } catch (SQLException e) {
            if (!Faults.isDamaged(e)) {
                throw e;
            }
            repair(repair, Faults.inWords(e));
            connection = connect();
        }
        WholeFile.write(inUse(), new byte[0], true);
        return connection;
    }

    /** A page of the log may be damaged: nothing is used before all rows were compared. */
    private void checkAll() throws IOException {
        try (IntegrityWatch all =
                new IntegrityWatch(
                        new Database(file), integrity, () -> 0, (found, by) -> {}, clock, ticker)) {
            all.check(true, Actor.part("store"), progress -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the database was checked", e);
        } catch (IOException e) {
            LOG.warn("{}; it is opened all the same", e.getMessage());
        }
    }

    /** It is closed in order. */
    void closed() throws IOException {
        Files.deleteIfExists(inUse());
    }

    /** What a check has found while it was open. */
    private Optional<String> known() {
        List<IntegrityDamage> damage = integrity.damage();
        return damage.isEmpty() ? Optional.empty() : Optional.of(StoreJournal.words(damage));
    }

    private void repair(DatabaseRepair repair, String reason) throws IOException {
        DatabaseRepair.Outcome outcome = repair.repair(reason);
        String before = repaired == null ? "" : repaired + "; ";
        repaired = before + outcome.words() + "; found: " + reason;
        integrity.repaired(clock.instant(), outcome.words(), outcome.lost());
    }

    /** There from the opening to the orderly end: with it at a start, there was none. */
    private Path inUse() {
        return file.resolveSibling(file.getFileName() + ".in-use");
    }

    private WriteConnection connect() throws SQLException, RefusedException {
        WriteConnection connection = new WriteConnection(new Database(file));
        try {
            new Migrations(clock, new MigrationCopy(folder, clock)::make).apply(connection);
            merged = takeOver.run(connection).or(() -> merged);
            return connection;
        } catch (SQLException | RefusedException | RuntimeException failure) {
            connection.discard();
            throw failure;
        }
    }
}
