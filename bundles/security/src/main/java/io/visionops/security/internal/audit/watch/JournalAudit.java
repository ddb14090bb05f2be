package io.visionops.security.internal.audit.watch;

import io.visionops.api.audit.Audit;
import io.visionops.api.audit.AuditEntry;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.query.JournalReader;
import io.visionops.api.query.RecordPage;
import io.visionops.api.query.RecordQuery;
import io.visionops.api.subject.Subject;
import io.visionops.support.UrlSecrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Audits what parts have journaled that somebody did: changes of cameras and models, backups,
 * updates, repairs, restarts, alerts that were taken. Reads the last minutes again and again, and
 * what it has seen is not told twice. For one thread at a time.
 */
final class JournalAudit {

    private static final List<String> KINDS =
            List.of("audit", "backup", "update", "recovery", "restart", "alert");

    /** Records reach the database later than their time, after a swap by minutes. */
    private static final Duration BACK = Duration.ofMinutes(5);

    private static final int PAGE = 200;
    private static final int MOST_SEEN = 5_000;
    private static final int LONGEST_BODY = 1_000;
    private static final Subject ITSELF = new Subject("program", "audit");

    private final Audit audit;
    private final Clock clock;
    private final Instant since;
    private final Set<Integer> seen = new LinkedHashSet<>();

    /**
     * @param since what is older was told before
     */
    JournalAudit(Audit audit, Clock clock, Instant since) {
        this.audit = audit;
        this.clock = clock;
        this.since = since;
    }

    /** Called now and then. */
    void look(JournalReader reader) {
        Instant back = clock.instant().minus(BACK);
        Instant from = back.isBefore(since) ? since : back;
        for (String kind : KINDS) {
            RecordPage page =
                    reader.records(
                            new RecordQuery(
                                    Optional.of(kind),
                                    Optional.empty(),
                                    Optional.of(from),
                                    Optional.empty(),
                                    PAGE,
                                    Optional.empty()));
            List<RecordPage.Stored> oldestFirst = new ArrayList<>(page.records());
            Collections.reverse(oldestFirst);
            oldestFirst.forEach(one -> tell(one.entry()));
        }
        while (seen.size() > MOST_SEEN) {
            seen.remove(seen.iterator().next());
        }
    }

    private void tell(JournalRecord record) {
        // An alert comes and goes by itself; that somebody took it is what somebody did.
        boolean byItself = record.kind().equals("alert") && record.actor().kind().equals("part");
        if (byItself || record.subject().equals(ITSELF) || !seen.add(record.hashCode())) {
            return;
        }
        String body = record.body();
        audit.append(
                new AuditEntry(
                        record.time(),
                        record.actor(),
                        record.kind().equals("audit") ? "change" : record.kind(),
                        record.subject(),
                        AuditEntry.OK,
                        UrlSecrets.mask(
                                body.length() <= LONGEST_BODY
                                        ? body
                                        : body.substring(0, LONGEST_BODY))));
    }
}
