package io.visionops.api.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of a verification.
 *
 * @param time when it began
 * @param lines that were read, seals and checkpoints included
 * @param first number of the first one that is kept
 * @param last number of the last one
 * @param epochs that are sealed
 * @param copies checkpoints that are kept elsewhere and were compared
 * @param tags whether tags were verified, which needs the first key
 * @param complete whether it came to the end in its time
 * @param log folder of the audit
 */
public record AuditReport(
        Instant time,
        Duration took,
        long lines,
        long first,
        long last,
        long epochs,
        int copies,
        boolean tags,
        boolean complete,
        List<Finding> findings,
        String log) {

    public AuditReport {
        findings = List.copyOf(findings);
    }

    /**
     * What was found.
     *
     * @param kind in one word: {@code edited}, {@code truncated} ...
     * @param tampering whether it says that somebody has changed the audit
     * @param seq line that it is about; 0 where that is not known
     * @param epoch likewise; -1 where that is not known
     * @param words one line
     * @param accepted who has looked into it, when, and what he says; empty while nobody has
     */
    public record Finding(
            String kind,
            boolean tampering,
            long seq,
            long epoch,
            String words,
            Optional<String> accepted) {

        /** Nobody has accepted it. */
        public Finding(String kind, boolean tampering, long seq, long epoch, String words) {
            this(kind, tampering, seq, epoch, words, Optional.empty());
        }

        /** The same, and somebody has looked into it. */
        public Finding accepted(String by) {
            return new Finding(kind, tampering, seq, epoch, words, Optional.of(by));
        }

        /** Does it say that somebody has changed the audit, and has nobody looked into that? */
        public boolean isOpen() {
            return tampering && accepted.isEmpty();
        }
    }

    /** Did it come to the end and find nothing that says that the audit was changed? */
    public boolean isGood() {
        return complete && findings.stream().noneMatch(Finding::isOpen);
    }
}
