package io.visionops.shell.internal.json;

import java.util.List;

/** A report of the audit, oldest entry first, with the verification that it was made after. */
public record AuditReportDocument(
        AuditVerificationDocument verification, String checkpoint, List<AuditRow> entries) {}
