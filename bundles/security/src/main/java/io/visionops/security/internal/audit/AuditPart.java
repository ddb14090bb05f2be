package io.visionops.security.internal.audit;

import io.visionops.api.audit.Audit;
import io.visionops.api.audit.AuditEntry;
import io.visionops.api.audit.AuditException;
import io.visionops.api.audit.AuditPage;
import io.visionops.api.audit.AuditQuery;
import io.visionops.api.audit.AuditReport;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.security.internal.audit.chain.Checkpoint;
import io.visionops.security.internal.audit.chain.EpochKey;
import io.visionops.security.internal.audit.chain.KeyFolder;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The audit of this installation. Thread-safe. */
final class AuditPart implements Audit {

    private static final Subject AUDIT = AuditJournal.AUDIT;
    private static final long WRITTEN_SECONDS = 10;

    private final AuditWriter writer;
    private final AuditPages pages;
    private final AuditVerifier verifier;
    private final KeyFolder keys;
    private final Clock clock;

    AuditPart(
            AuditWriter writer,
            AuditPages pages,
            AuditVerifier verifier,
            KeyFolder keys,
            Clock clock) {
        this.writer = writer;
        this.pages = pages;
        this.verifier = verifier;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Void> append(AuditEntry entry) {
        return writer.append(entry);
    }

    private void tell(Actor by, String action, String outcome, String detail) {
        append(new AuditEntry(clock.instant(), by, action, AUDIT, outcome, detail));
    }

    @Override
    public AuditPage entries(AuditQuery query, Actor by) throws AuditException {
        if (query.before().isEmpty()) {
            tell(by, "audit-read", AuditEntry.OK, words(query));
        }
        try {
            return pages.read(query);
        } catch (IOException e) {
            throw new AuditException("the audit cannot be read: " + e.getMessage(), e);
        }
    }

    private static String words(AuditQuery query) {
        return "from "
                + query.from().map(Object::toString).orElse("the beginning")
                + " to "
                + query.to().map(Object::toString).orElse("now")
                + query.actor().map(actor -> " by " + actor).orElse("")
                + query.action().map(action -> " of " + action).orElse("");
    }

    @Override
    public AuditReport verify(Actor by) throws AuditException {
        AuditReport report = verifier.verify();
        String first =
                report.findings().stream()
                        .filter(AuditReport.Finding::tampering)
                        .findFirst()
                        .map(one -> one.kind() + ", line " + one.seq() + ": " + one.words())
                        .orElse("nothing was found");
        tell(
                by,
                "audit-verify",
                report.isGood() ? AuditEntry.OK : AuditEntry.FAILED,
                report.lines() + " lines: " + first);
        return report;
    }

    @Override
    public AuditReport accept(String reason, Actor by) throws AuditException {
        if (reason.isBlank()
                || reason.length() > LONGEST_REASON
                || reason.chars().anyMatch(Character::isISOControl)) {
            throw new AuditException(
                    "a reason must be one line of 1 to " + LONGEST_REASON + " characters");
        }
        List<AuditReport.Finding> open =
                verifier.verify().findings().stream().filter(AuditReport.Finding::isOpen).toList();
        if (open.isEmpty()) {
            throw new AuditException("there is nothing to accept");
        }
        try {
            append(
                            new AuditEntry(
                                    clock.instant(),
                                    by,
                                    AcceptedFindings.ACTION,
                                    AUDIT,
                                    AuditEntry.OK,
                                    AcceptedFindings.detail(open, reason)))
                    .get(WRITTEN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AuditException("that cannot be written: nothing is accepted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuditException("nothing is accepted: the program is being stopped", e);
        }
        return verifier.verify();
    }

    @Override
    public Optional<String> checkpoint() {
        return writer.latest().map(Checkpoint::text);
    }

    @Override
    public String initialKey(Actor by) throws AuditException {
        try {
            Optional<EpochKey> key = keys.initial();
            if (key.isEmpty()) {
                throw new AuditException(
                        "the first key is not on this computer any more: who took it away has it");
            }
            tell(by, "audit-key", AuditEntry.OK, "the first key was shown");
            return KeyFolder.text(key.get()).strip();
        } catch (IOException e) {
            throw new AuditException("the first key cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void forgetInitialKey(Actor by) throws AuditException {
        try {
            keys.forgetInitial();
            tell(by, "audit-key", AuditEntry.OK, "the first key was removed from this computer");
        } catch (IOException e) {
            throw new AuditException("the first key cannot be removed: " + e.getMessage(), e);
        }
    }

    AuditFacts facts() {
        return new AuditFacts(
                writer.trouble(),
                writer.lines(),
                writer.waiting(),
                writer.lost(),
                verifier.latest(),
                verifier.trouble());
    }
}
