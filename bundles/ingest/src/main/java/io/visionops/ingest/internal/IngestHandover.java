package io.visionops.ingest.internal;

import io.visionops.api.journal.Entry;
import io.visionops.ingest.internal.handover.Handover;
import io.visionops.ingest.internal.incident.IncidentMonitor;
import java.util.List;
import java.util.Optional;

/**
 * What ingest as a whole leaves for its next start, beside the {@link Handover} of each camera.
 *
 * @param journal what an earlier version left here and not in a file of its own, oldest first
 * @param causes losses that are not over
 */
record IngestHandover(List<Entry> journal, Optional<IncidentMonitor.Left> causes) {

    static final IngestHandover NONE = new IngestHandover(List.of(), Optional.empty());

    IngestHandover {
        journal = List.copyOf(journal);
    }

    boolean isEmpty() {
        return journal.isEmpty() && causes.isEmpty();
    }
}
