package io.visionops.store.internal;

import io.visionops.store.internal.sqlite.Reader;
import io.visionops.store.internal.sqlite.ReaderPool;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of pictures: one folder a day. */
final class SnapshotFolder {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFolder.class);

    /** A younger file may belong to a transaction that is not committed yet. */
    private static final Duration YOUNG = Duration.ofHours(1);

    static final String OF_DAY = "SELECT file FROM snapshots WHERE time >= ? AND time < ?";

    private final Path folder;

    SnapshotFolder(Path folder) {
        this.folder = folder;
    }

    /** Removes files that no row names any more. */
    void remove(Collection<String> files) {
        for (String file : files) {
            remove(folder.resolve(file));
        }
    }

    /**
     * Removes files that no row names: what a rolled back transaction or a crash has left.
     *
     * @param before days that ended before this time, in milliseconds, lose their empty folder
     * @param now never later than it is
     */
    void removeOrphans(ReaderPool readers, long before, Instant now) {
        long young = now.minus(YOUNG).toEpochMilli();
        for (Path day : list(folder)) {
            Optional<LocalDate> date = date(day);
            if (date.isEmpty()) {
                continue;
            }
            long start = date.get().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
            long end = start + Duration.ofDays(1).toMillis();
            Set<String> named = readers.read(reader -> named(reader, start, end));
            for (Path file : list(day)) {
                boolean known = named.contains(day.getFileName() + "/" + file.getFileName());
                if (!known && lastChange(file) < young) {
                    remove(file);
                }
            }
            if (end <= before) {
                removeIfEmpty(day);
            }
        }
    }

    private static Set<String> named(Reader reader, long start, long end) throws SQLException {
        Set<String> files = new HashSet<>();
        try (ResultSet row = reader.prepared(OF_DAY, start, end).executeQuery()) {
            while (row.next()) {
                files.add(row.getString(1));
            }
        }
        return files;
    }

    private static Optional<LocalDate> date(Path day) {
        try {
            return Optional.of(LocalDate.parse(day.getFileName().toString()));
        } catch (DateTimeParseException notOurs) {
            return Optional.empty();
        }
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (IOException unreadable) {
            LOG.warn("{} cannot be read: {}", directory, unreadable.toString());
            return List.of();
        }
    }

    private static long lastChange(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException gone) {
            return Long.MAX_VALUE;
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            LOG.warn("{} cannot be removed: {}", file, failure.toString());
        }
    }

    private static void removeIfEmpty(Path day) {
        try {
            Files.deleteIfExists(day);
        } catch (DirectoryNotEmptyException inUse) {
            LOG.debug("{} holds files still", day);
        } catch (IOException failure) {
            LOG.warn("{} cannot be removed: {}", day, failure.toString());
        }
    }
}
