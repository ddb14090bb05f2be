package io.visionops.api.query;

import io.visionops.api.journal.JournalRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A page of records, newest first.
 *
 * @param next cursor of the next page; empty on the last
 */
public record RecordPage(List<Stored> records, Optional<String> next) {

    /**
     * A record.
     *
     * @param event that it was written with
     */
    public record Stored(JournalRecord entry, Optional<UUID> event) {}

    public RecordPage {
        records = List.copyOf(records);
    }
}
