package io.visionops.ingest.internal.camera;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param threads of the process, native ones too
 * @param descriptors that are open
 * @param children that are alive, zombies included
 * @param heap bytes that are reachable
 */
record Footprint(long threads, long descriptors, long children, long heap) {

    static Footprint now() throws IOException {
        return new Footprint(
                count("/proc/self/task"),
                count("/proc/self/fd"),
                ProcessHandle.current().descendants().count(),
                reachable());
    }

    private static long count(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(folder))) {
            return entries.count();
        }
    }

    /** The least of some collections: what finalisers and reference queues let go comes late. */
    private static long reachable() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least =
                    Math.min(
                            least,
                            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
