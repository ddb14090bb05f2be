package io.visionops.api.forecast;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Judges from what was journaled which cameras are about to fail. Thread-safe. Each call reads two
 * weeks of the database and waits for it, for as long as a {@link
 * io.visionops.api.query.JournalReader} does.
 */
@ProviderType
public interface Forecasts {

    /**
     * Whether cameras are likely to fail within a day, ordered by name; those that are not expected
     * now are left out.
     *
     * @param camera empty: all of them
     * @throws io.visionops.api.query.JournalReadException when the database is not there or cannot
     *     be read
     */
    List<Forecast> forecasts(Optional<String> camera);
}
