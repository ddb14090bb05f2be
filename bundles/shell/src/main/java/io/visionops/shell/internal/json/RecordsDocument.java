package io.visionops.shell.internal.json;

import io.visionops.api.query.RecordPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of records, newest first.
 *
 * @param next value of {@code --cursor} for the next page; null on the last
 */
public record RecordsDocument(List<RecordRow> records, @Nullable String next) {

    public static RecordsDocument of(RecordPage page) {
        return new RecordsDocument(
                page.records().stream().map(RecordRow::of).toList(), page.next().orElse(null));
    }
}
