package io.visionops.shell.internal.json;

import io.visionops.api.audit.AuditPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the audit, newest first.
 *
 * @param next value of {@code --before} for the next page; null on the last
 */
public record AuditDocument(List<AuditRow> entries, @Nullable Long next) {

    public static AuditDocument of(AuditPage page) {
        return new AuditDocument(
                page.records().stream().map(AuditRow::of).toList(),
                page.next().isPresent() ? page.next().getAsLong() : null);
    }
}
