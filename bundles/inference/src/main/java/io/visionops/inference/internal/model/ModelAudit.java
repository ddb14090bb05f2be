package io.visionops.inference.internal.model;

import io.visionops.api.journal.JournalRecord;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps who has changed models, for the journal; also what happens while nobody is there who brings
 * it to the journal. Thread-safe.
 */
final class ModelAudit {

    /** Nobody installs more while a part is being swapped. */
    private static final int MOST = 100;

    private final Clock clock;

    /** Guarded by "this". */
    private final Deque<JournalRecord> waiting = new ArrayDeque<>();

    /** Guarded by "this". */
    private @Nullable Consumer<JournalRecord> taker;

    ModelAudit(Clock clock) {
        this.clock = clock;
    }

    /** Somebody takes the records from now on; null: nobody. */
    synchronized void recordTo(@Nullable Consumer<JournalRecord> records) {
        taker = records;
        passOn();
    }

    synchronized void installed(ModelRecord model, Actor by) {
        // A name has no character that JSON would have to escape; nor has a checksum.
        String body = "{\"action\":\"model-install\",\"sha256\":\"" + model.sha256() + "\"}";
        Subject subject = new Subject("model", model.name());
        waiting.add(new JournalRecord("audit", subject, clock.instant(), by, body));
        if (waiting.size() > MOST) {
            waiting.remove();
        }
        passOn();
    }

    /** The caller holds "this". */
    private void passOn() {
        if (taker != null) {
            waiting.forEach(taker);
            waiting.clear();
        }
    }
}
