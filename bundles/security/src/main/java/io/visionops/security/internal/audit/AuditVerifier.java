package io.visionops.security.internal.audit;

import io.visionops.api.audit.AuditException;
import io.visionops.api.audit.AuditReport;
import io.visionops.api.query.JournalReadException;
import io.visionops.api.query.JournalReader;
import io.visionops.api.time.Ticker;
import io.visionops.security.internal.audit.chain.DevicePublicKey;
import io.visionops.security.internal.audit.chain.KeyFolder;
import io.visionops.security.internal.audit.chain.LogFolder;
import io.visionops.security.internal.audit.verify.Evidence;
import io.visionops.security.internal.audit.verify.Evidence.Copy;
import io.visionops.security.internal.audit.verify.VerificationReport;
import io.visionops.security.internal.audit.verify.Verifier;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Verifies the log of this installation with all that is known here. Thread-safe. */
final class AuditVerifier {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final LogFolder folder;
    private final KeyFolder keys;
    private final CheckpointCopies copies;
    private final AuditJournal journal;
    private final AcceptedFindings accepted;
    private final Supplier<Optional<JournalReader>> reader;
    private final Clock clock;
    private final Ticker ticker;
    private final AtomicBoolean busy = new AtomicBoolean();

    private volatile Optional<AuditReport> latest = Optional.empty();
    private volatile String trouble = "";
    private volatile boolean stopped;

    AuditVerifier(
            LogFolder folder,
            KeyFolder keys,
            CheckpointCopies copies,
            AuditJournal journal,
            AcceptedFindings accepted,
            Supplier<Optional<JournalReader>> reader,
            Clock clock,
            Ticker ticker) {
        this.folder = folder;
        this.keys = keys;
        this.copies = copies;
        this.journal = journal;
        this.accepted = accepted;
        this.reader = reader;
        this.clock = clock;
        this.ticker = ticker;
    }

    AuditReport verify() throws AuditException {
        if (!busy.compareAndSet(false, true)) {
            throw new AuditException("a verification is under way");
        }
        try {
            AuditReport report = run();
            latest = Optional.of(report);
            trouble = report.complete() ? "" : "it took longer than " + DEADLINE.toSeconds() + " s";
            return report;
        } catch (IOException e) {
            trouble = "the audit cannot be read: " + e.getMessage();
            throw new AuditException(trouble, e);
        } finally {
            busy.set(false);
        }
    }

    private AuditReport run() throws IOException {
        Instant time = clock.instant();
        long begun = ticker.nanos();
        long deadline = begun + DEADLINE.toNanos();
        // All of it before the log: while it is written, the log is ahead.
        OptionalLong epoch =
                keys.epoch().map(key -> OptionalLong.of(key.epoch())).orElse(OptionalLong.empty());
        List<Copy> known = copies();
        VerificationReport report =
                Verifier.verify(
                        folder,
                        new Evidence(keys.initial(), keys.publicKey(), epoch, known),
                        () -> stopped || ticker.nanos() - deadline > 0);
        return new AuditReport(
                time,
                Duration.ofNanos(ticker.nanos() - begun),
                report.lines(),
                report.firstSeq(),
                report.lastSeq(),
                report.epochs(),
                known.size(),
                report.tags(),
                report.complete(),
                accepted.mark(findings(report)),
                folder.path().toString());
    }

    private static List<AuditReport.Finding> findings(VerificationReport report) {
        return report.findings().stream()
                .map(
                        one ->
                                new AuditReport.Finding(
                                        one.kind().word(),
                                        one.isTampering(),
                                        one.seq(),
                                        one.epoch(),
                                        one.words()))
                .toList();
    }

    /** A database that was restored from another installation has that one's: they tell nothing. */
    private List<Copy> copies() throws IOException {
        List<Copy> all = new ArrayList<>(copies.read());
        Optional<DevicePublicKey> own = keys.publicKey();
        Optional<JournalReader> database = reader.get();
        if (database.isPresent() && own.isPresent()) {
            try {
                journal.read(database.get()).stream()
                        .filter(copy -> copy.checkpoint().isSignedBy(own.get()))
                        .forEach(all::add);
            } catch (JournalReadException unreadable) {
                // visionops.store.open tells; the file alone is compared.
                return all;
            }
        }
        return all;
    }

    Optional<AuditReport> latest() {
        return latest;
    }

    String trouble() {
        return trouble;
    }

    void stop() {
        stopped = true;
    }
}
