package io.visionops.security.internal.audit;

import io.visionops.api.audit.AuditReport;
import java.util.Optional;

/**
 * How the audit does, for its check and meters.
 *
 * @param trouble why it cannot be written; empty when it can
 * @param lines number of the last line
 * @param waiting entries that are not on the disk yet
 * @param lost entries that never will be, since the start
 * @param verified what the last verification has come to; empty before the first one
 * @param unverified why the last one did not come to an end; empty when it did
 */
public record AuditFacts(
        String trouble,
        long lines,
        int waiting,
        long lost,
        Optional<AuditReport> verified,
        String unverified) {}
