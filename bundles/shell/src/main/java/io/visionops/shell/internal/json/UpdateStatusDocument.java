package io.visionops.shell.internal.json;

import io.visionops.api.update.UpdateStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is installed, and what is going on.
 *
 * @param release that runs; 0 for the program as it was unpacked
 * @param stage {@code idle}, {@code downloading}, {@code canary}, {@code saving}, {@code swapping},
 *     {@code restarting}, {@code gate}, {@code rolling-back}, {@code installed}, {@code
 *     rolled-back}, {@code dropped} or {@code failed}
 * @param target release of the update under way, or of the last one
 * @param kept releases that one can go back to
 * @param checked when the repository was last read; null when it was not since the start
 * @param available the newest release there; null when it is installed, or not known
 * @param canary the comparison under way, or the last one; null when there was none
 */
public record UpdateStatusDocument(
        long release,
        String version,
        String stage,
        long target,
        String detail,
        long bytes,
        long totalBytes,
        Instant since,
        List<Long> kept,
        @Nullable Instant checked,
        @Nullable ReleaseDocument available,
        @Nullable CanaryDocument canary) {

    public UpdateStatusDocument {
        kept = List.copyOf(kept);
    }

    public static UpdateStatusDocument of(UpdateStatus status) {
        return new UpdateStatusDocument(
                status.installed(),
                status.version(),
                status.stage().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                status.target(),
                status.detail(),
                status.bytes(),
                status.totalBytes(),
                status.since(),
                status.kept(),
                status.checked().orElse(null),
                status.available().map(ReleaseDocument::of).orElse(null),
                status.canary().map(CanaryDocument::of).orElse(null));
    }
}
