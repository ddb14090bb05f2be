package io.visionops.backup.internal.offsite;

import io.visionops.api.backup.BackupException;
import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretLookup;
import io.visionops.api.time.Ticker;
import io.visionops.backup.internal.BackupComponent;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copies in their framework. Thread-safe. */
@Component(
        service = OffsiteComponent.class,
        immediate = true,
        configurationPid = OffsiteComponent.PID)
@Designate(ocd = OffsiteConfig.class)
public final class OffsiteComponent {

    static final String PID = "io.visionops.backup.offsite";

    private static final Logger LOG = LoggerFactory.getLogger(OffsiteComponent.class);
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final OffsiteCopies copies;
    private final Path data;
    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-backup-offsite");
    private volatile Optional<OffsiteSettings> settings;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable SecretLookup secrets;

    @Activate
    public OffsiteComponent(
            BundleContext context, OffsiteConfig config, @Reference BackupComponent backups) {
        String base = context.getProperty("karaf.base");
        data = Path.of(base == null ? "" : base).toAbsolutePath().normalize();
        settings = read(config, Optional.empty());
        copies =
                new OffsiteCopies(
                        backups::list,
                        this::password,
                        backups::copied,
                        Clock.systemUTC(),
                        Ticker.system());
    }

    /** The reference above is bound when the constructor has returned. */
    @Activate
    void start() {
        RepeatedTask.schedule(thread, "the copies of backups", LOOK, LOOK, this::look);
    }

    private void look() {
        Optional<OffsiteSettings> now = settings;
        if (now.isEmpty()) {
            return;
        }
        try {
            copies.look(now.get());
        } catch (BackupException e) {
            LOG.debug("the backups cannot be listed", e);
        }
    }

    private String password(String name) throws BackupException {
        SecretLookup present = secrets;
        if (present == null) {
            throw new BackupException("the secrets are not there");
        }
        try {
            return present.find(name)
                    .orElseThrow(() -> new BackupException("there is no secret " + name));
        } catch (SecretException e) {
            throw new BackupException(String.valueOf(e.getMessage()), e);
        }
    }

    @Modified
    void change(OffsiteConfig config) {
        settings = read(config, settings);
        thread.execute(copies::forget);
        thread.execute(this::look);
    }

    /** One clear line for a wrong value, and the last good ones stay. */
    private Optional<OffsiteSettings> read(
            OffsiteConfig config, Optional<OffsiteSettings> lastGood) {
        try {
            return OffsiteSettings.read(config, data);
        } catch (IllegalArgumentException e) {
            LOG.error("etc/{}.cfg: {}; the last good one stays", PID, e.getMessage());
            return lastGood;
        }
    }

    /** For the check. */
    OffsiteCopies.OffsiteFacts facts() {
        return copies.facts();
    }

    @Deactivate
    void stop() {
        thread.shutdownNow();
    }
}
