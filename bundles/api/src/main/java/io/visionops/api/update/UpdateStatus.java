package io.visionops.api.update;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is installed, and what is going on.
 *
 * @param installed number of the release that runs; 0 for the program as it was unpacked
 * @param version of it
 * @param stage of the update under way, or of the last one
 * @param target number of the release that it installs; 0 when there was no update yet
 * @param detail what it does, or why it failed; one line
 * @param bytes of {@code totalBytes} that are there
 * @param since when the stage was entered
 * @param kept releases that one can go back to, newest first
 * @param checked when the repository was last read; empty when it was not since the start
 * @param available the newest release there, when it is not the one that is installed
 * @param canary the comparison under way, or the last one since the start
 */
public record UpdateStatus(
        long installed,
        String version,
        Stage stage,
        long target,
        String detail,
        long bytes,
        long totalBytes,
        Instant since,
        List<Long> kept,
        Optional<Instant> checked,
        Optional<AvailableRelease> available,
        Optional<CanaryReport> canary) {

    public UpdateStatus {
        kept = List.copyOf(kept);
    }

    /** How far an update is. */
    public enum Stage {
        IDLE,
        DOWNLOADING,
        /** Its analysis runs beside the present one. */
        CANARY,
        SAVING,
        SWAPPING,
        /** The program is about to be started again. */
        RESTARTING,
        /** It runs, and is watched before it is kept. */
        GATE,
        ROLLING_BACK,
        INSTALLED,
        ROLLED_BACK,
        /** Its analysis did worse than the present one. */
        DROPPED,
        FAILED;

        /** Is nothing going on? */
        public boolean isOver() {
            return switch (this) {
                case IDLE, INSTALLED, ROLLED_BACK, DROPPED, FAILED -> true;
                case DOWNLOADING, CANARY, SAVING, SWAPPING, RESTARTING, GATE, ROLLING_BACK -> false;
            };
        }
    }
}
