package io.visionops.inference.internal.detector;

import io.visionops.api.journal.JournalRecord;
import io.visionops.api.model.ModelException;
import io.visionops.support.breaker.BreakerStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is known of detectors that are not there. Thread-safe. */
public interface DetectorSupply {

    /** Of its outside calls. */
    default List<BreakerStatus> breakers() {
        return List.of();
    }

    /** Models that were installed earlier are still being loaded: more detectors may come. */
    boolean loading();

    /**
     * A camera waits for the detector of that name: it is loaded before those that nobody waits
     * for. Returns at once; may be called again and again, with any name.
     */
    void want(String name);

    /**
     * Loads a detector anew, in the place of the one that is in use until then.
     *
     * @return false when it is none that is loaded
     * @throws ModelException when it cannot be loaded; the one in use stays
     */
    default boolean loadAnew(String name) throws ModelException {
        return false;
    }

    /**
     * Who takes a record of each change of models; null when nobody does any more. What changes
     * meanwhile is recorded when there is somebody again.
     */
    default void recordTo(@Nullable Consumer<JournalRecord> records) {}

    /**
     * Why there is no detector of that name, and what to do; may try again what failed.
     *
     * @return empty when nobody has heard of such a detector
     */
    Optional<String> absence(String name);
}
