package io.visionops.shell.internal.json;

import io.visionops.api.query.HistoryPage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states of a camera, newest first.
 *
 * @param next value of {@code --cursor} for the next page; null on the last
 */
public record HistoryDocument(String camera, List<StayRow> states, @Nullable String next) {

    /** A state and how long it lasted; the present one up to now. */
    public record StayRow(
            Instant since,
            long lastedMs,
            String state,
            @Nullable String cause,
            @Nullable String detail) {

        static StayRow of(HistoryPage.StatePeriod stay) {
            return new StayRow(
                    stay.since(),
                    stay.lasted().toMillis(),
                    stay.state(),
                    stay.cause().orElse(null),
                    stay.detail().isEmpty() ? null : stay.detail());
        }
    }

    public static HistoryDocument of(String camera, HistoryPage page) {
        return new HistoryDocument(
                camera, page.stays().stream().map(StayRow::of).toList(), page.next().orElse(null));
    }
}
