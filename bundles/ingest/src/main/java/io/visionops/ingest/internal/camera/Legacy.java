package io.visionops.ingest.internal.camera;

import io.visionops.api.journal.Entry;
import java.util.List;
import java.util.Optional;

/**
 * What ingest as a whole leaves for its next start, beside the {@link Handover} of each camera.
 *
 * @param journal what an earlier version left here and not in a file of its own, oldest first
 * @param causes losses that are not over
 */
public record Legacy(List<Entry> journal, Optional<SharedCauses.Left> causes) {

    static final Legacy NONE = new Legacy(List.of(), Optional.empty());

    public Legacy {
        journal = List.copyOf(journal);
    }

    boolean isEmpty() {
        return journal.isEmpty() && causes.isEmpty();
    }
}
