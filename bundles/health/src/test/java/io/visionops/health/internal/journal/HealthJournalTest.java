package io.visionops.health.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.health.HealthStatus;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.journal.Severity;
import io.visionops.health.internal.round.CheckResult;
import io.visionops.health.internal.round.StatusChange;
import io.visionops.testkit.ManualClock;
import io.visionops.testkit.RecordingJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthJournalTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir Path folder;

    private final ManualClock clock = new ManualClock(NOON);
    private final RecordingJournal journal = new RecordingJournal();
    private HealthJournal health;

    @BeforeEach
    void open() {
        health = new HealthJournal(folder, clock, clock, new Random(1));
    }

    private static StatusChange change(HealthStatus status, HealthStatus before) {
        CheckResult result =
                new CheckResult(
                        "visionops.store.write",
                        "store",
                        Set.of(),
                        status,
                        "the \"disk\" is full",
                        "make room",
                        Duration.ofMillis(4));
        return new StatusChange(result, Optional.ofNullable(before), NOON);
    }

    @Test
    void aChangeIsAnEventAndARecordOfTheCheck() {
        health.use(journal);

        health.tell(change(HealthStatus.CRITICAL, HealthStatus.OK));

        Event event = journal.events().get(0);
        assertThat(event.type().word()).isEqualTo("health-changed");
        assertThat(event.subject()).hasToString("check/visionops.store.write");
        assertThat(event.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(event.detail()).isEqualTo("CRITICAL: the \"disk\" is full");
        JournalRecord record = journal.facts(JournalRecord.class).get(0);
        assertThat(record.kind()).isEqualTo("health");
        assertThat(record.subject()).isEqualTo(event.subject());
        assertThat(record.actor()).hasToString("part/health");
        assertThat(record.time()).isEqualTo(NOON);
        assertThat(record.body())
                .isEqualTo(
                        "{\"status\":\"CRITICAL\",\"before\":\"OK\",\"cause\":\"the \\\"disk\\\" is"
                                + " full\",\"remedy\":\"make room\",\"tookMs\":4}");
    }

    @Test
    void aCheckThatIsNewAndWellIsNotTold() {
        health.use(journal);

        health.tell(change(HealthStatus.OK, null));
        health.tell(change(HealthStatus.WARN, null));

        assertThat(journal.facts(JournalRecord.class))
                .extracting(JournalRecord::body)
                .singleElement()
                .asString()
                .contains("\"WARN\",\"before\":null");
    }

    @Test
    void whatIsToldWhileTheJournalIsAwayIsWrittenWhenItIsBack() {
        health.tell(change(HealthStatus.CRITICAL, HealthStatus.OK));

        health.use(journal);
        health.tell(change(HealthStatus.OK, HealthStatus.CRITICAL));

        assertThat(journal.events())
                .extracting(Event::severity)
                .containsExactly(Severity.CRITICAL, Severity.INFO);
    }

    @Test
    void whatIsNotWrittenAtTheEndIsWrittenByTheNextRun() {
        health.tell(change(HealthStatus.CRITICAL, HealthStatus.OK));
        health.close();

        HealthJournal next = new HealthJournal(folder, clock, clock, new Random(2));
        next.resume();
        next.use(journal);
        next.retry();

        assertThat(journal.events()).hasSize(1);
        assertThat(folder.resolve("journal.jsonl")).doesNotExist();
    }
}
