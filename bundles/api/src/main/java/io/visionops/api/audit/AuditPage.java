package io.visionops.api.audit;

import java.util.List;
import java.util.OptionalLong;

/**
 * A page of entries, newest first.
 *
 * @param next for {@link AuditQuery#before} of the next page; empty on the last
 */
public record AuditPage(List<AuditRecord> records, OptionalLong next) {

    public AuditPage {
        records = List.copyOf(records);
    }
}
