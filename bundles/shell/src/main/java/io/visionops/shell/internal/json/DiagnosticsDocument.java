package io.visionops.shell.internal.json;

import io.visionops.api.diagnostics.DiagnosticsFile;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A diagnostics file that was written.
 *
 * @param bytes of the file
 */
public record DiagnosticsDocument(String file, Instant time, long bytes, List<EntryRow> entries) {

    /**
     * One thing in it.
     *
     * @param missing why it is not there, or not all of it; null when it is
     */
    public record EntryRow(String name, long bytes, String sha256, @Nullable String missing) {}

    public static DiagnosticsDocument of(DiagnosticsFile file) {
        return new DiagnosticsDocument(
                file.file().toString(),
                file.made(),
                file.bytes(),
                file.entries().stream()
                        .map(
                                one ->
                                        new EntryRow(
                                                one.name(),
                                                one.bytes(),
                                                one.sha256(),
                                                one.missing().orElse(null)))
                        .toList());
    }
}
