package io.visionops.security.internal.audit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.JournalRecord;
import io.visionops.api.query.JournalReader;
import io.visionops.api.query.RecordPage;
import io.visionops.api.query.RecordQuery;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.testkit.ManualClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalAuditTest {

    private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

    private final ManualClock clock = new ManualClock(START);
    private final KeptAudit audit = new KeptAudit();
    private final JournalAudit journal = new JournalAudit(audit, clock, START);
    private final List<JournalRecord> records = new ArrayList<>();
    private final JournalReader reader =
            (JournalReader)
                    Proxy.newProxyInstance(
                            JournalReader.class.getClassLoader(),
                            new Class<?>[] {JournalReader.class},
                            (proxy, method, arguments) -> page((RecordQuery) arguments[0]));

    private RecordPage page(RecordQuery query) {
        List<RecordPage.Stored> found = new ArrayList<>();
        for (JournalRecord one : records) {
            if (query.kind().equals(Optional.of(one.kind()))
                    && !one.time().isBefore(query.from().orElseThrow())) {
                found.add(0, new RecordPage.Stored(one, Optional.empty()));
            }
        }
        return new RecordPage(found, Optional.empty());
    }

    private void record(String kind, String subject, Actor by, String body) {
        records.add(new JournalRecord(kind, Subject.parse(subject), clock.instant(), by, body));
    }

    @Test
    void whatPartsHaveJournaledIsToldOnceAndInItsOrder() {
        record("audit", "camera/front", Actor.user("anna"), "{\"action\":\"disable\"}");
        clock.advance(Duration.ofSeconds(1));
        record("audit", "camera/front", Actor.user("anna"), "{\"action\":\"enable\"}");
        record("backup", "program/visionops", Actor.schedule("daily"), "{}");
        journal.look(reader);
        journal.look(reader);

        assertThat(audit.lines())
                .containsExactly(
                        "user/anna change camera/front ok {\"action\":\"disable\"}",
                        "user/anna change camera/front ok {\"action\":\"enable\"}",
                        "schedule/daily backup program/visionops ok {}");
    }

    @Test
    void checkpointsOfTheAuditAndAlertsThatComeByThemselvesAreNotTold() {
        record("audit", "program/audit", Actor.part("security"), "{}");
        record("alert", "check/x", Actor.part("health"), "{}");
        record("alert", "check/x", Actor.user("anna"), "{\"ack\":true}");
        journal.look(reader);

        assertThat(audit.lines()).containsExactly("user/anna alert check/x ok {\"ack\":true}");
    }
}
