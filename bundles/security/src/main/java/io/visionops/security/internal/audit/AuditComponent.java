package io.visionops.security.internal.audit;

import io.visionops.api.audit.Audit;
import io.visionops.api.audit.AuditEntry;
import io.visionops.api.audit.AuditException;
import io.visionops.api.audit.AuditPage;
import io.visionops.api.audit.AuditQuery;
import io.visionops.api.audit.AuditReport;
import io.visionops.api.journal.Journal;
import io.visionops.api.query.JournalReader;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.security.internal.audit.chain.Checkpoint;
import io.visionops.security.internal.audit.chain.KeyFolder;
import io.visionops.security.internal.audit.chain.LogFolder;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit in its framework. Thread-safe. */
@Component(
        service = {Audit.class, AuditComponent.class},
        immediate = true)
public final class AuditComponent implements Audit {

    private static final Logger LOG = LoggerFactory.getLogger(AuditComponent.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration VERIFY = Duration.ofHours(1);

    /** By then the database is there, and nobody waits for the processor. */
    private static final Duration FIRST_VERIFICATION = Duration.ofSeconds(10);

    private final AuditWriter writer;
    private final AuditVerifier verifier;
    private final AuditPart part;
    private final AuditJournal journal;
    private final CheckpointCopies copies;
    private final ScheduledExecutorService journalThread =
            DaemonThreads.scheduler("visionops-audit-journal");
    private final ScheduledExecutorService verifyThread =
            DaemonThreads.scheduler("visionops-audit-verify");

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable JournalReader reader;

    @Activate
    public AuditComponent(BundleContext context) {
        Path home = Path.of(property(context, "karaf.base")).toAbsolutePath().normalize();
        Path data = Path.of(property(context, "visionops.data")).toAbsolutePath().normalize();
        Clock clock = Clock.systemUTC();
        Ticker ticker = Ticker.system();
        SecureRandom random = new SecureRandom();
        LogFolder folder = new LogFolder(home.resolve("audit"));
        KeyFolder keys = new KeyFolder(home.resolve("keys"));
        journal = new AuditJournal(data.resolve("audit"), clock, ticker, random);
        copies = new CheckpointCopies(home.resolve("watchdog/audit-checkpoints.txt"));
        writer = new AuditWriter(folder, keys, clock, ticker, random, this::keep);
        AuditPages pages = new AuditPages(folder);
        verifier =
                new AuditVerifier(
                        folder,
                        keys,
                        copies,
                        journal,
                        new AcceptedFindings(pages),
                        () -> Optional.ofNullable(reader),
                        clock,
                        ticker);
        part = new AuditPart(writer, pages, verifier, keys, clock);
    }

    private static String property(BundleContext context, String name) {
        String value = context.getProperty(name);
        return value == null ? "" : value;
    }

    /** The references above are bound when the constructor has returned. */
    @Activate
    void start() {
        writer.start();
        journalThread.execute(journal::resume);
        RepeatedTask.schedule(journalThread, "the audit's journal", EVERY, EVERY, journal::retry);
        RepeatedTask.schedule(
                verifyThread,
                "the verification of the audit",
                FIRST_VERIFICATION,
                VERIFY,
                this::verify);
        LOG.info("audit started");
    }

    private void verify() {
        Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
        try {
            AuditReport report = part.verify(Actor.schedule("hourly"));
            report.findings().stream()
                    .filter(AuditReport.Finding::isOpen)
                    .forEach(
                            one ->
                                    LOG.error(
                                            "the audit was changed: {}, line {}, epoch {}: {}",
                                            one.kind(),
                                            one.seq(),
                                            one.epoch(),
                                            one.words()));
        } catch (AuditException e) {
            LOG.warn("the audit was not verified: {}", e.getMessage());
        }
    }

    /** In a folder of another part, and in the database. */
    private void keep(Checkpoint checkpoint) {
        journal.tell(checkpoint);
        try {
            copies.add(checkpoint);
        } catch (IOException e) {
            LOG.warn("a checkpoint of the audit cannot be kept: {}", e.getMessage());
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setJournal(Journal one) {
        journal.use(one);
    }

    void unsetJournal(Journal one) {
        journal.leave(one);
    }

    @Deactivate
    void stop() {
        verifier.stop();
        verifyThread.shutdownNow();
        writer.close();
        journalThread.shutdownNow();
        journal.close();
        LOG.info("audit stopped");
    }

    /** For the check and the meters. */
    public AuditFacts facts() {
        return part.facts();
    }

    @Override
    public CompletableFuture<Void> append(AuditEntry entry) {
        return part.append(entry);
    }

    @Override
    public AuditPage entries(AuditQuery query, Actor by) throws AuditException {
        return part.entries(query, by);
    }

    @Override
    public AuditReport verify(Actor by) throws AuditException {
        return part.verify(by);
    }

    @Override
    public AuditReport accept(String reason, Actor by) throws AuditException {
        return part.accept(reason, by);
    }

    @Override
    public Optional<String> checkpoint() {
        return part.checkpoint();
    }

    @Override
    public String initialKey(Actor by) throws AuditException {
        return part.initialKey(by);
    }

    @Override
    public void forgetInitialKey(Actor by) throws AuditException {
        part.forgetInitialKey(by);
    }
}
