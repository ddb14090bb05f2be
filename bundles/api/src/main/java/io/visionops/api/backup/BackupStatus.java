package io.visionops.api.backup;

import java.time.Instant;
import java.util.Optional;

/**
 * What is going on.
 *
 * @param stage of the work under way, or how the last one ended
 * @param work {@code backup}, {@code verify} or {@code restore}; empty when there was none yet
 * @param id of the backup that it is about; may be empty
 * @param detail what came of it, or why it failed; one line
 * @param bytes of {@code totalBytes} that the stage has done
 * @param since when the stage was entered
 * @param target folder of the backups
 * @param next when the next one is made by itself; empty when none is
 */
public record BackupStatus(
        Stage stage,
        String work,
        String id,
        String detail,
        long bytes,
        long totalBytes,
        Instant since,
        String target,
        Optional<Instant> next) {

    /** How far it is. */
    public enum Stage {
        IDLE,
        /** The database is copied as of one moment. */
        COPYING,
        /** Compressed, encrypted and written. */
        WRITING,
        /** Decrypted and unpacked into a scratch folder. */
        READING,
        /** The unpacked database is read as a whole. */
        CHECKING,
        /** Database and configuration are put in place. */
        REPLACING,
        DONE,
        FAILED;

        /** Is nothing going on? */
        public boolean isOver() {
            return this == IDLE || this == DONE || this == FAILED;
        }
    }
}
