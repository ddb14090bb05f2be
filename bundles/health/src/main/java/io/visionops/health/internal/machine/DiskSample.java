package io.visionops.health.internal.machine;

import java.util.List;

/**
 * How the disk of the data folder is at one moment.
 *
 * @param free bytes that can be used
 * @param total bytes that it has
 * @param unwritable folders that cannot be written, each with the reason
 * @param folders that were tried
 */
record DiskSample(long free, long total, List<String> unwritable, int folders) {

    DiskSample {
        unwritable = List.copyOf(unwritable);
    }

    double usedPercent() {
        return total <= 0 ? 0 : 100.0 * (total - free) / total;
    }
}
