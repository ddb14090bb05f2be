package io.visionops.security.internal.audit.verify;

import java.util.Locale;

/**
 * What a verification has found.
 *
 * @param seq line that it is about, or where it begins; 0 where that is not known
 * @param epoch that it is about; -1 where that is not known
 * @param words one line for a person
 */
public record Finding(Kind kind, long seq, long epoch, String words) {

    /** What it is, and whether it says that the log was changed. */
    public enum Kind {
        /** A line is not what was written. */
        EDITED(true),
        /** Lines between others are missing. */
        DELETED(true),
        /** Lines at the end are missing. */
        TRUNCATED(true),
        /** Epochs are missing, and others follow as if nothing had been. */
        CUT_AND_CONTINUED(true),
        REORDERED(true),
        EPOCHS_SWAPPED(true),
        /** A line is there again. */
        REPEATED(true),
        /** A line of another log. */
        FOREIGN(true),
        /** Tags were made with a key that came later. */
        RESEALED(true),
        /** The log is shorter than a checkpoint says that is kept elsewhere. */
        ROLLED_BACK(true),
        /** It does not begin as a checkpoint says that is kept elsewhere. */
        REWRITTEN(true),
        /** Another log than the one that a checkpoint is about. */
        STARTED_ANEW(true),
        /** Numbers jump although each line names the one before. */
        GAP(true),
        /** Two different lines have one number. */
        TWO_WRITERS(true),
        /** A seal does not say what its epoch is. */
        SEAL(true),
        /** A checkpoint is not signed by this installation. */
        SIGNATURE(true),
        /** The first lines are missing, and no order says so. */
        BEGINNING(true),
        /** The key is older than the log. */
        KEY(true),
        /** The program itself has noticed and written down. */
        DAMAGE(true),
        /** Half a line at the end, as a power cut leaves it. */
        TORN_TAIL(false),
        /** Old lines were removed as they should. */
        PRUNED(false),
        /** The clock was set back. */
        CLOCK_STEP(false),
        /** Something could not be verified. */
        UNVERIFIED(false);

        private final boolean tampering;

        Kind(boolean tampering) {
            this.tampering = tampering;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Does it say that the log was changed? If not it passes, and is told. */
    public boolean isTampering() {
        return kind.tampering;
    }

    @Override
    public String toString() {
        return kind.word()
                + (seq > 0 ? ", line " + seq : "")
                + (epoch >= 0 ? ", epoch " + epoch : "")
                + ": "
                + words;
    }
}
