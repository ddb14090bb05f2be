package io.visionops.security.internal.audit.watch;

import io.visionops.api.audit.Audit;
import io.visionops.api.query.JournalReadException;
import io.visionops.api.query.JournalReader;
import io.visionops.api.time.Ticker;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.folder.FolderChanges;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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

/** Looks now and then at what nobody tells the audit. */
@Component(service = Lookout.class, immediate = true)
public final class Lookout {

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    /** From one look at the files to the next while the system says that none has changed. */
    private static final Duration UNCHANGED = Duration.ofMinutes(1);

    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-audit-lookout");
    private final FolderChanges changes;
    private final FileAudit files;
    private final JournalAudit journal;

    /** Whether the last look at the files came to its end. Used by the thread alone. */
    private boolean complete;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable JournalReader reader;

    @Activate
    public Lookout(BundleContext context, @Reference Audit audit) {
        Clock clock = Clock.systemUTC();
        String etc = context.getProperty("karaf.etc");
        String data = context.getProperty("visionops.data");
        Path configuration = Path.of(etc == null ? "etc" : etc);
        changes = new FolderChanges(configuration, Ticker.system(), UNCHANGED);
        files =
                new FileAudit(
                        audit,
                        configuration,
                        Path.of(data == null ? "data" : data).resolve("audit/files-seen"),
                        clock);
        journal = new JournalAudit(audit, clock, clock.instant().minus(Duration.ofMinutes(1)));
    }

    /** The reference above is bound when the constructor has returned. */
    @Activate
    void start() {
        RepeatedTask.schedule(thread, "the audit's lookout", Duration.ZERO, EVERY, this::look);
    }

    private void look() {
        try {
            if (changes.mayHaveChanged() || !complete) {
                complete = false;
                files.look();
                complete = true;
            }
        } catch (IOException e) {
            LOG.debug("a file cannot be read", e);
        }
        JournalReader database = reader;
        if (database != null) {
            try {
                journal.look(database);
            } catch (JournalReadException e) {
                LOG.debug("the database cannot be read", e);
            }
        }
    }

    @Deactivate
    void stop() {
        thread.shutdownNow();
        changes.close();
    }
}
