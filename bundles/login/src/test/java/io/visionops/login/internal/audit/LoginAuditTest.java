package io.visionops.login.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.audit.Audit;
import io.visionops.api.audit.AuditEntry;
import io.visionops.api.audit.AuditPage;
import io.visionops.api.audit.AuditQuery;
import io.visionops.api.audit.AuditReport;
import io.visionops.api.subject.Actor;
import io.visionops.login.internal.guard.Visitor;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LoginAuditTest {

    private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");
    private static final Visitor ANNA = new Visitor("anna", true, "ssh", "10.0.0.7");

    private final ManualClock clock = new ManualClock(START);
    private final LoginAudit logins = new LoginAudit(clock);
    private final Kept audit = new Kept();

    /** Keeps what it is told. */
    private static final class Kept implements Audit {

        final List<AuditEntry> entries = new ArrayList<>();

        @Override
        public CompletableFuture<Void> append(AuditEntry entry) {
            entries.add(entry);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public AuditPage entries(AuditQuery query, Actor by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AuditReport verify(Actor by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AuditReport accept(String reason, Actor by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> checkpoint() {
            return Optional.empty();
        }

        @Override
        public String initialKey(Actor by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void forgetInitialKey(Actor by) {}
    }

    @Test
    void whatHappensBeforeThereIsAnAuditIsToldLaterWithItsTime() {
        logins.accepted(ANNA);
        clock.advance(Duration.ofMinutes(1));
        logins.refused(ANNA, "wrong password");

        logins.use(audit);

        assertThat(audit.entries)
                .extracting(AuditEntry::time, AuditEntry::outcome, AuditEntry::detail)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(START, "ok", "from 10.0.0.7"),
                        org.assertj.core.groups.Tuple.tuple(
                                START.plusSeconds(60), "refused", "wrong password from 10.0.0.7"));
    }

    @Test
    void nameThatNobodyHasMayBeAPasswordAndIsNotTold() {
        logins.use(audit);

        logins.refused(new Visitor("Kanarienvogel", false, "http", ""), "wrong password");

        assertThat(audit.entries)
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.toString()).doesNotContain("Kanarienvogel");
                            assertThat(one.actor()).hasToString("stranger/here");
                        });
    }

    @Test
    void entriesThatFellOutAreCounted() {
        for (int i = 0; i < LoginAudit.MOST_WAITING + 3; i++) {
            logins.accepted(ANNA);
        }

        logins.use(audit);

        assertThat(audit.entries).hasSize(LoginAudit.MOST_WAITING + 1);
        assertThat(audit.entries.get(0).detail()).startsWith("3 entries are lost");
    }
}
