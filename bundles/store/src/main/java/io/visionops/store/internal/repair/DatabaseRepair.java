package io.visionops.store.internal.repair;

import static java.util.stream.Collectors.joining;

import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.Faults;
import io.visionops.store.internal.sqlite.Migrations;
import io.visionops.store.internal.sqlite.RefusedException;
import io.visionops.store.internal.sqlite.WriteConnection;
import io.visionops.support.FolderTree;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a database that was not closed in order, and puts another in the place of one that is
 * damaged: what is sound is taken over, the damaged one is kept in {@code quarantine}. Whenever
 * this is interrupted, the next run goes on: the new file has its passing name until it is whole.
 * For whoever holds the lock of the folder.
 */
public final class DatabaseRepair {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseRepair.class);

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** What else is there was replaced by a backup. */
    private static final Pattern DAMAGED = Pattern.compile("[0-9]{8}T[0-9]{6}Z");

    /** The write-ahead log and its index belong to the file. */
    private static final List<String> ENDINGS = List.of("", "-wal", "-shm");

    /** Damaged ones that are kept. */
    private static final int KEPT = 3;

    private final Path folder;
    private final Path file;
    private final Path making;
    private final Path made;
    private final Clock clock;

    /**
     * @param file of the database
     */
    public DatabaseRepair(Path folder, Path file, Clock clock) {
        this.folder = folder;
        this.file = file;
        this.clock = clock;
        making = file.resolveSibling(file.getFileName() + ".salvaging");
        made = file.resolveSibling(file.getFileName() + ".salvaged");
    }

    /** Ends what an earlier run has not: to be called before the database is opened. */
    public void resume() throws IOException {
        for (String ending : ENDINGS) {
            Files.deleteIfExists(beside(making, ending));
        }
        if (Files.exists(made)) {
            if (Files.exists(file)) {
                quarantine();
            }
            WholeFile.rename(made, file);
            WholeFile.syncFolderOf(file);
        }
    }

    /**
     * Says what is wrong with a database that was not closed in order; empty when nothing is found.
     * Takes about four seconds a gigabyte: it is read in one go first, since the check reads it
     * here and there.
     */
    public Optional<String> check() throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        long begin = System.nanoTime();
        Database database = new Database(file);
        database.readAhead();
        try (Connection connection = database.openReader();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            String said = rows.next() ? rows.getString(1) : "";
            LOG.info(
                    "the database was not closed in order and is checked: {}, within {} ms",
                    said.lines().findFirst().orElse(""),
                    (System.nanoTime() - begin) / 1_000_000);
            return said.equals("ok") ? Optional.empty() : Optional.of(said.replaceAll("\\s+", " "));
        } catch (SQLException e) {
            return Faults.isDamaged(e) ? Optional.of(Faults.inWords(e)) : Optional.empty();
        }
    }

    /**
     * What came of a repair.
     *
     * @param words what was saved and what was lost, in one line
     * @param lost whether anything was
     */
    public record Outcome(String words, boolean lost) {}

    /**
     * Puts a new database in the place of the damaged one.
     *
     * @throws IOException when that fails; the damaged one is where it was
     */
    public Outcome repair(String reason) throws IOException {
        LOG.error("database {} is damaged ({}): what is sound is taken over", file, reason);
        resume();
        Map<String, Salvage.Table> tables = salvage();
        WholeFile.put(making, made);
        Path kept = quarantine();
        WholeFile.rename(made, file);
        WholeFile.syncFolderOf(file);
        prune();
        String words = words(tables) + "; the damaged one is kept in " + kept;
        LOG.warn("database {} is made anew: {}", file, words);
        return new Outcome(words, isLost(tables));
    }

    private static boolean isLost(Map<String, Salvage.Table> tables) {
        return tables.isEmpty()
                || tables.values().stream().anyMatch(one -> one.refused() > 0 || !one.whole());
    }

    private Map<String, Salvage.Table> salvage() throws IOException {
        try (WriteConnection fresh = new WriteConnection(new Database(making))) {
            new Migrations(clock).apply(fresh);
            return copyInto(fresh);
        } catch (SQLException | RefusedException e) {
            throw new IOException("a new database cannot be made: " + e.getMessage(), e);
        }
    }

    /** Of a file whose head is damaged, nothing can be read. */
    private Map<String, Salvage.Table> copyInto(WriteConnection fresh) throws SQLException {
        try (Connection damaged = new Database(file).openReader();
                Statement statement = damaged.createStatement()) {
            // Cells that are out of order are passed over rather than refused.
            statement.execute("PRAGMA cell_size_check = OFF");
            statement.execute("PRAGMA ignore_check_constraints = ON");
            // Without the list of its tables nothing of it can be found.
            statement.executeQuery("SELECT count(*), max(sql) FROM sqlite_schema").close();
            return fresh.with(target -> new Salvage(damaged, target).run());
        } catch (SQLException e) {
            if (Faults.isDamaged(e)) {
                LOG.error("nothing of it can be read: {}", Faults.inWords(e));
                return Map.of();
            }
            throw e;
        }
    }

    private static String words(Map<String, Salvage.Table> tables) {
        long saved = tables.values().stream().mapToLong(Salvage.Table::saved).sum();
        long refused = tables.values().stream().mapToLong(Salvage.Table::refused).sum();
        String cut =
                tables.entrySet().stream()
                        .filter(table -> !table.getValue().whole())
                        .map(Map.Entry::getKey)
                        .collect(joining(", "));
        return saved
                + " rows were saved"
                + (refused == 0 ? "" : ", " + refused + " were damaged and left out")
                + (cut.isEmpty() ? "" : ", not all of " + cut + " could be read")
                + (tables.isEmpty() ? ", since nothing of it can be read" : "");
    }

    /** Moves the file with all that belongs to it. */
    private Path quarantine() throws IOException {
        Path target = folder.resolve("quarantine").resolve(NAME.format(clock.instant()));
        Files.createDirectories(target);
        for (String ending : ENDINGS) {
            Path source = beside(file, ending);
            if (Files.exists(source)) {
                WholeFile.rename(source, target.resolve(source.getFileName().toString()));
            }
        }
        WholeFile.syncFolderOf(target);
        return target;
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    /** Of several, the oldest go. */
    private void prune() throws IOException {
        List<Path> kept;
        try (Stream<Path> all = Files.list(folder.resolve("quarantine"))) {
            kept =
                    all.filter(one -> DAMAGED.matcher(one.getFileName().toString()).matches())
                            .sorted(Comparator.reverseOrder())
                            .skip(KEPT)
                            .toList();
        }
        for (Path old : kept) {
            FolderTree.remove(old);
        }
    }
}
