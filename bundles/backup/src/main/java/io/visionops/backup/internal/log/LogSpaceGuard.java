package io.visionops.backup.internal.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves the last of the disk to the database: below 512 MB only warnings are logged and older
 * files of the event log are removed, until there is 1 GB again. Thread-safe.
 */
public final class LogSpaceGuard {

    private static final Logger LOG = LoggerFactory.getLogger(LogSpaceGuard.class);

    private static final long LEAST = 512L << 20;
    private static final long ENOUGH = 1L << 30;

    /** Of the files before the one that is written. */
    private static final long KEPT = 20L << 20;

    private final LogFolder folder;
    private final LongSupplier free;
    private final Consumer<Boolean> warningsAlone;
    private volatile boolean isShort;
    private volatile long lastFree = Long.MAX_VALUE;

    /**
     * @param free bytes that are free on the disk of the folder
     * @param warningsAlone told when that changes
     */
    public LogSpaceGuard(Path folder, LongSupplier free, Consumer<Boolean> warningsAlone) {
        this.folder = new LogFolder(folder);
        this.free = free;
        this.warningsAlone = warningsAlone;
    }

    /** Called now and then. */
    public void look() {
        long now = free.getAsLong();
        lastFree = now;
        boolean wasShort = isShort;
        isShort = now < LEAST || wasShort && now < ENOUGH;
        if (isShort) {
            shrink();
        }
        if (isShort != wasShort) {
            LOG.warn(
                    "{} MB are free on the disk of the log: {}",
                    now >> 20,
                    isShort
                            ? "only warnings are logged, older files of the event log are removed"
                            : "everything is logged again");
            warningsAlone.accept(isShort);
        }
    }

    private void shrink() {
        try {
            List<Path> files = new ArrayList<>(folder.earlier());
            long size = 0;
            for (Path file : files) {
                size += Files.size(file);
            }
            Collections.reverse(files);
            for (Path file : files) {
                if (size <= KEPT) {
                    return;
                }
                size -= Files.size(file);
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("older files of the event log stay: {}", e.toString());
        }
    }

    /** What is wrong; empty while there is enough. */
    public Optional<String> trouble() {
        return isShort
                ? Optional.of(
                        String.format(
                                Locale.ROOT,
                                "%d MB are free on the disk of the log: only warnings are logged,"
                                        + " older files of the event log are removed",
                                lastFree >> 20))
                : Optional.empty();
    }
}
