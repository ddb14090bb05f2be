package io.visionops.security.internal.audit.verify;

import java.util.List;

/**
 * What came of a verification.
 *
 * @param lines that were read
 * @param firstSeq number of the first one; 0 where there is none
 * @param lastSeq number of the last one
 * @param epochs that are sealed
 * @param tags whether they were verified
 * @param findings in the order of the lines, {@link Findings#MOST} at most
 * @param complete whether it came to the end in its time
 */
public record VerificationReport(
        long lines,
        long firstSeq,
        long lastSeq,
        long epochs,
        boolean tags,
        List<Finding> findings,
        boolean complete) {

    public VerificationReport {
        findings = List.copyOf(findings);
    }

    /** Was nothing found that says that the log was changed? */
    public boolean isClean() {
        return tampering().isEmpty();
    }

    public List<Finding> tampering() {
        return findings.stream().filter(Finding::isTampering).toList();
    }

    public List<Finding> notices() {
        return findings.stream().filter(one -> !one.isTampering()).toList();
    }
}
