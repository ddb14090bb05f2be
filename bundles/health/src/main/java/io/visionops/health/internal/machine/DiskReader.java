package io.visionops.health.internal.machine;

import io.visionops.api.time.Ticker;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads how the disk of the data folder is; waits for it. Used by one thread. */
final class DiskReader {

    /** From one try to write to the next: disks wear. */
    static final Duration PROBED = Duration.ofSeconds(30);

    private final Path data;
    private final WriteProbe probe;
    private final Ticker ticker;
    private List<String> unwritable = List.of();
    private int folders = -1;
    private long probedAt;

    DiskReader(Path data, WriteProbe probe, Ticker ticker) {
        this.data = data;
        this.probe = probe;
        this.ticker = ticker;
    }

    DiskSample read() {
        long now = ticker.nanos();
        if (folders < 0 || now - probedAt >= PROBED.toNanos()) {
            unwritable = probe.unwritable();
            folders = probe.folders();
            probedAt = now;
        }
        // Files.getFileStore does not work in a chroot, whose mount is not among those it sees.
        File disk = existing(data).toFile();
        return new DiskSample(disk.getUsableSpace(), disk.getTotalSpace(), unwritable, folders);
    }

    private static Path existing(Path folder) {
        Path at = folder.toAbsolutePath();
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }
}
