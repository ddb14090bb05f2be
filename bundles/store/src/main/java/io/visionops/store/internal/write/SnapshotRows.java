package io.visionops.store.internal.write;

import io.visionops.api.journal.Event;
import io.visionops.store.internal.encoding.Ids;
import io.visionops.store.internal.picture.PictureFolder;
import io.visionops.store.internal.picture.PictureKeys;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import io.visionops.support.Sha256;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures of events: encrypted files beside the database, on disk under their final name
 * before the row that names them is committed. A picture that cannot be written costs the picture,
 * never the event.
 */
public final class SnapshotRows {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotRows.class);

    /** Files of one group that are open at once. */
    private static final int OPEN_FILES = 32;

    /** Bytes; what is free below is left to counts and events, which are worth more. */
    private static final long ENOUGH = 512L << 20;

    private final Path folder;
    private final PictureKeys keys;
    private final LongSupplier free;
    private final Row row;
    private final MessageDigest sha = Sha256.digest();
    private final List<Staged> staged = new ArrayList<>();
    private boolean failing;

    /** A file that is written and not yet synced. */
    private static final class Staged {

        private final Event event;
        private final String name;
        private final Path partial;
        private final FileChannel channel;
        private final byte[] sha256;

        Staged(Event event, String name, Path partial, FileChannel channel, byte[] sha256) {
            this.event = event;
            this.name = name;
            this.partial = partial;
            this.channel = channel;
            this.sha256 = sha256;
        }
    }

    /** A file that has its name. */
    private record Named(Staged staged, long size) {}

    SnapshotRows(WriteConnection connection, RowDigest digest, PictureFolder pictures) {
        this(connection, digest, pictures, () -> pictures.path().toFile().getUsableSpace());
    }

    /**
     * @param free bytes that are free on the disk of the folder
     */
    SnapshotRows(
            WriteConnection connection,
            RowDigest digest,
            PictureFolder pictures,
            LongSupplier free) {
        this.folder = pictures.path();
        this.keys = pictures.keys();
        this.free = free;
        this.row = new Row(connection, digest, "INSERT OR REPLACE", "snapshots", 6);
    }

    /** Name of the folder of a day's pictures. */
    public static String day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    }

    /** Encrypts the picture and writes it under a passing name. */
    void stage(Event event, byte[] jpeg) throws SQLException {
        if (staged.size() >= OPEN_FILES) {
            flush();
        }
        String name = day(event.time()) + "/" + event.id() + ".jpg.enc";
        Path partial = folder.resolve(name + ".tmp");
        try {
            Files.createDirectories(folder);
            if (free.getAsLong() < ENOUGH) {
                throw new IOException("less than 512 MB are free");
            }
            makeFolder(folder.resolve(day(event.time())));
            byte[] sealed = keys.seal(event.id(), jpeg);
            FileChannel channel = write(partial, sealed);
            staged.add(new Staged(event, name, partial, channel, sha.digest(sealed)));
        } catch (IOException failure) {
            report(failure);
        }
    }

    private static void makeFolder(Path day) throws IOException {
        if (!Files.isDirectory(day)) {
            Files.createDirectories(day);
            WholeFile.syncFolderOf(day);
        }
    }

    private static FileChannel write(Path file, byte[] content) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return channel;
        } catch (IOException failure) {
            channel.close();
            Files.deleteIfExists(file);
            throw failure;
        }
    }

    /**
     * Syncs the files together, which costs little more than syncing one, names them, syncs the
     * names and writes the rows.
     */
    void flush() throws SQLException {
        List<Named> named = new ArrayList<>();
        for (Staged one : staged) {
            try (FileChannel channel = one.channel) {
                long size = channel.size();
                channel.force(true);
                WholeFile.rename(one.partial, folder.resolve(one.name));
                named.add(new Named(one, size));
            } catch (IOException failure) {
                report(failure);
            }
        }
        staged.clear();
        if (areSynced(named)) {
            for (Named one : named) {
                write(one);
            }
        }
    }

    /** Pictures of a day lie in one folder, so this syncs one or, around midnight, two. */
    private boolean areSynced(List<Named> named) {
        Set<Path> folders = new HashSet<>();
        try {
            for (Named one : named) {
                Path file = folder.resolve(one.staged.name);
                if (folders.add(file.getParent())) {
                    WholeFile.syncFolderOf(file);
                }
            }
            return true;
        } catch (IOException failure) {
            report(failure);
            return false;
        }
    }

    private void write(Named one) throws SQLException {
        row.start()
                .blob(Ids.bytes(one.staged.event.id()))
                .integer(one.staged.event.time().toEpochMilli())
                .text(one.staged.name);
        row.integer(one.size).blob(one.staged.sha256).write();
        failing = false;
    }

    /** Files that have their name already are left: a replay writes them again. */
    void discard() {
        for (Staged one : staged) {
            try {
                one.channel.close();
                Files.deleteIfExists(one.partial);
            } catch (IOException failure) {
                LOG.debug("{} stays until the next clean-up", one.partial, failure);
            }
        }
        staged.clear();
    }

    private void report(IOException failure) {
        if (!failing) {
            LOG.warn("pictures of events cannot be written to {}: {}", folder, failure.toString());
        }
        failing = true;
    }
}
