package io.visionops.security.internal.audit.verify;

import io.visionops.security.internal.audit.chain.Line;
import io.visionops.security.internal.audit.verify.Finding.Kind;

/** Tells whether each line follows the one before it, and if not why. For one thread at a time. */
final class LineOrder {

    private final LineIndex index;
    private final Findings findings;
    private String log = "";
    private long expected = 1;
    private String prev = Line.NOTHING;
    private long latest = 1;

    /** The order was broken by lines of another place, and what follows is a consequence. */
    private boolean disordered;

    private boolean skippedBefore;
    private boolean unread;

    /** The line before was a seal. */
    private boolean epochBegins = true;

    LineOrder(LineIndex index, Findings findings) {
        this.index = index;
        this.findings = findings;
    }

    /** Where a line is with regard to the one before. */
    enum Place {
        FOLLOWS,
        /** It comes from elsewhere, or others before it are missing. */
        MOVED,
        /** It belongs nowhere. */
        SKIPPED
    }

    void begin(long seq, String hashBefore) {
        expected = seq;
        prev = hashBefore;
    }

    void beginAnywhere(long seq) {
        expected = seq;
        prev = "";
    }

    long expected() {
        return expected;
    }

    void unread(String leaf) {
        expected++;
        prev = leaf;
        unread = true;
    }

    /**
     * @param untagged its tag is wrong: its own fields are not believed
     */
    Place place(Line line, int at, String leaf, boolean untagged) {
        if (log.isEmpty() && !untagged) {
            log = line.log();
        }
        if (!log.isEmpty() && !line.log().equals(log)) {
            return foreign(line);
        }
        boolean follows = line.prev().equals(prev) || prev.isEmpty();
        Place place = Place.FOLLOWS;
        if (line.seq() != expected) {
            place =
                    untagged && !index.comesAfter(at, expected) && follows
                            ? Place.FOLLOWS
                            : jump(line, at, follows);
        } else if (!follows && !untagged && !isExplained()) {
            findings.add(
                    Kind.EDITED, expected - 1, line.epoch(), "the next line names another hash");
        }
        if (place == Place.SKIPPED) {
            skippedBefore = true;
            return place;
        }
        epochBegins = line.kind() == Line.Kind.SEAL;
        skippedBefore = false;
        unread = false;
        expected = untagged && place == Place.FOLLOWS ? expected + 1 : line.seq() + 1;
        latest = Math.max(latest, expected);
        prev = leaf;
        return place;
    }

    /** Does what was found before say why this line names another hash? */
    private boolean isExplained() {
        return unread || skippedBefore || disordered || findings.latestIsAbout(expected - 1);
    }

    private Place foreign(Line line) {
        if (!skippedBefore) {
            findings.add(
                    Kind.FOREIGN,
                    expected,
                    line.epoch(),
                    "a line of the log " + line.log() + " stands here, this one is " + log);
        }
        skippedBefore = true;
        return Place.SKIPPED;
    }

    private Place jump(Line line, int at, boolean follows) {
        if (index.isTwice(line.seq()) && line.seq() < latest) {
            boolean same = index.isRepetition(at);
            if (!skippedBefore) {
                findings.add(
                        same ? Kind.REPEATED : Kind.TWO_WRITERS,
                        line.seq(),
                        line.epoch(),
                        same
                                ? "it stands here a second time"
                                : "two different lines have this number");
            }
            return Place.SKIPPED;
        }
        if (line.seq() < expected) {
            if (!disordered) {
                findings.add(
                        Kind.REORDERED,
                        line.seq(),
                        line.epoch(),
                        "it stands behind " + (expected - 1));
            }
            disordered = true;
            return Place.MOVED;
        }
        if (index.comesAfter(at, expected)) {
            moved(line);
            return Place.MOVED;
        }
        if (!disordered) {
            String lines = "lines " + expected + " to " + (line.seq() - 1);
            findings.add(
                    follows ? Kind.GAP : Kind.DELETED,
                    expected,
                    line.epoch(),
                    follows ? lines + " were never written" : lines + " are missing");
        }
        return Place.MOVED;
    }

    private void moved(Line line) {
        if (disordered) {
            return;
        }
        findings.add(
                epochBegins ? Kind.EPOCHS_SWAPPED : Kind.REORDERED,
                line.seq(),
                line.epoch(),
                "it stands before line " + expected);
        disordered = true;
    }
}
