package io.visionops.store.internal.replace;

import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.DatabaseCopier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database as it was before its schema was changed: checked, the last one, for as long as no
 * backup is proven.
 */
public final class MigrationCopy {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationCopy.class);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final Pattern NAME = Pattern.compile("schema-[0-9]+-([0-9]{8}T[0-9]{6}Z)\\.db");

    /** Bytes that are left free beside it. */
    private static final long MARGIN = 64L << 20;

    /** Where no backups are made. */
    static final Duration LONGEST = Duration.ofDays(30);

    private final Path folder;
    private final LongSupplier free;
    private final Clock clock;

    /**
     * @param folder of the database
     */
    public MigrationCopy(Path folder, Clock clock) {
        this(folder, () -> folder.toFile().getUsableSpace(), clock);
    }

    MigrationCopy(Path folder, LongSupplier free, Clock clock) {
        this.folder = folder.resolve("before-migration");
        this.free = free;
        this.clock = clock;
    }

    /**
     * Makes one. Where there is no room for it the schema is changed without: each script is one
     * transaction and has its way back, and cameras that are not counted would be worse.
     *
     * @param version of the schema that it has
     */
    public void make(Database database, int version) {
        Path copy =
                folder.resolve("schema-" + version + "-" + TIME.format(clock.instant()) + ".db");
        try {
            long needed = Files.size(database.file()) + database.log().toFile().length() + MARGIN;
            long there = free.getAsLong();
            if (there < needed) {
                throw new IOException(
                        (needed >> 20) + " MB are needed for it, " + (there >> 20) + " are free");
            }
            Files.createDirectories(folder);
            List<Path> former = copies();
            new DatabaseCopier(database).copyTo(copy);
            DatabaseInspection.of(copy);
            for (Path one : former) {
                Files.deleteIfExists(one);
            }
            LOG.info("the database is kept as it was before its schema is changed: {}", copy);
        } catch (IOException e) {
            LOG.warn("the schema is changed without a copy of the database: {}", e.getMessage());
            remove(copy);
        }
    }

    /**
     * Removes what is not needed any more.
     *
     * @param proven when the last backup was made that is proven by a restore
     */
    public void removeOld(Optional<Instant> proven) {
        Instant now = clock.instant();
        try {
            for (Path copy : copies()) {
                Instant made = made(copy).orElse(Instant.EPOCH);
                if (now.isAfter(made.plus(LONGEST)) || proven.filter(made::isBefore).isPresent()) {
                    remove(copy);
                    LOG.info("{} is removed: a backup is proven, or it is old", copy);
                }
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", folder, e.toString());
        }
    }

    private static Optional<Instant> made(Path copy) {
        Matcher name = NAME.matcher(copy.getFileName().toString());
        try {
            return name.matches()
                    ? Optional.of(Instant.from(TIME.parse(name.group(1))))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(one -> NAME.matcher(one.getFileName().toString()).matches()).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private static void remove(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            LOG.warn("{} stays: {}", copy, e.toString());
        }
    }
}
