package io.visionops.store.internal.failure;

import io.visionops.store.internal.sqlite.Faults;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the writer does while the disk is full: it refuses entries at once, which their parts keep,
 * and leaves the room of the reserve to what makes room. Told by the writer thread, read by any.
 */
public final class FullDisk {

    public static final String REFUSAL = "not written: the disk is full";

    private static final Logger LOG = LoggerFactory.getLogger(FullDisk.class);

    private final DiskReserve reserve;
    private volatile boolean full;
    private volatile Runnable makeRoom = () -> {};

    public FullDisk(DiskReserve reserve) {
        this.reserve = reserve;
    }

    /**
     * @param task removes what need not be kept; is called by the writer thread and must not wait
     *     for it
     */
    public void onFull(Runnable task) {
        makeRoom = task;
    }

    public boolean isFull() {
        return full;
    }

    /** For the health check. */
    public Optional<String> words() {
        return full
                ? Optional.of(
                        "the disk is full. Entries wait in their parts, old rows are removed;"
                                + " writing goes on by itself when "
                                + (reserve.enough() >> 20)
                                + " MB are free")
                : Optional.empty();
    }

    /** A group was not written. An I/O error on a disk without room is one of a full disk. */
    public void failed(Exception failure, WriteConnection connection) {
        if (full || !reserve.isWanted() || !reserve.lacksRoom() || Faults.isBusy(failure)) {
            return;
        }
        full = true;
        LOG.error(
                "the disk of the database is full: nothing is written until {} MB are free",
                reserve.enough() >> 20);
        reserve.release();
        emptyLog(connection);
        makeRoom.run();
    }

    /** Looks whether there is room again; to be called about every second while it is full. */
    public void look(WriteConnection connection) {
        if (!full) {
            return;
        }
        if (!reserve.lacksRoom() || reserve.isReplacedBy(freePages(connection))) {
            full = false;
            LOG.info("there is room on the disk again");
        }
    }

    private static long freePages(WriteConnection connection) {
        try (ResultSet row =
                connection
                        .prepared(
                                "SELECT freelist_count * page_size FROM pragma_freelist_count(),"
                                        + " pragma_page_size()")
                        .executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            connection.discard();
            return 0;
        }
    }

    /** What it holds goes into the file, whose free pages may take it. */
    private static void emptyLog(WriteConnection connection) {
        try (ResultSet row = connection.prepared("PRAGMA wal_checkpoint(RESTART)").executeQuery()) {
            LOG.debug("the log is in the file: {}", row.next() && row.getInt(1) == 0);
        } catch (SQLException e) {
            LOG.debug("the log stays", e);
        } finally {
            connection.forgetStatements();
        }
    }
}
