package io.visionops.security.internal.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.query.JournalReadException;
import io.visionops.api.query.JournalReader;
import io.visionops.api.query.RecordPage;
import io.visionops.api.query.RecordQuery;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.security.internal.audit.chain.Checkpoint;
import io.visionops.security.internal.audit.verify.Evidence.Copy;
import io.visionops.support.journal.EventJournal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Keeps copies of checkpoints in the database: records of kind {@code audit} about the audit
 * itself. Thread-safe; what waits for the disk is said to.
 */
final class AuditJournal extends EventJournal {

    static final String KIND = "audit";
    static final Subject AUDIT = new Subject("program", "audit");

    private static final Actor SECURITY = Actor.part("security");
    private static final int CAPACITY = 200;

    /** Hourly ones of six weeks. */
    private static final int READ = 1_000;

    private final ObjectMapper json = new ObjectMapper();
    private final Clock clock;

    AuditJournal(Path folder, Clock clock, Ticker ticker, RandomGenerator random) {
        super(folder, CAPACITY, clock, ticker, random);
        this.clock = clock;
    }

    /** Never blocks. */
    void tell(Checkpoint checkpoint) {
        String body = text(Map.of("checkpoint", checkpoint.text()));
        tell(id -> Entry.of(id, new JournalRecord(KIND, AUDIT, clock.instant(), SECURITY, body)));
    }

    /**
     * Those in the database.
     *
     * @throws JournalReadException when it cannot be read
     */
    List<Copy> read(JournalReader reader) {
        RecordPage page =
                reader.records(
                        new RecordQuery(
                                Optional.of(KIND),
                                Optional.of(AUDIT),
                                Optional.empty(),
                                Optional.empty(),
                                READ,
                                Optional.empty()));
        List<Copy> copies = new ArrayList<>();
        for (RecordPage.Stored stored : page.records()) {
            checkpoint(stored.entry().body())
                    .ifPresent(one -> copies.add(new Copy(one, "the database")));
        }
        return copies;
    }

    private Optional<Checkpoint> checkpoint(String body) {
        try {
            return Checkpoint.parse(json.readTree(body).path("checkpoint").asText());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
