package io.visionops.api.diagnostics;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A diagnostics file that was written.
 *
 * @param bytes of the file
 */
public record DiagnosticsFile(Path file, Instant made, long bytes, List<Entry> entries) {

    /**
     * One thing in it.
     *
     * @param bytes of what is in it, unpacked
     * @param missing why it is not there, or not all of it; empty when it is
     */
    public record Entry(String name, long bytes, String sha256, Optional<String> missing) {}

    public DiagnosticsFile {
        entries = List.copyOf(entries);
    }
}
