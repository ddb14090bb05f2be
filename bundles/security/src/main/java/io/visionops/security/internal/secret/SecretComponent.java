package io.visionops.security.internal.secret;

import io.visionops.api.journal.Journal;
import io.visionops.api.secret.MasterKeyPassphrase;
import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretInfo;
import io.visionops.api.secret.SecretListener;
import io.visionops.api.secret.SecretLookup;
import io.visionops.api.secret.SecretStore;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.security.internal.key.MasterKeys;
import io.visionops.security.internal.key.PassphraseGuard;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
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

/** The secrets in their framework. Thread-safe. */
@Component(
        service = {
            SecretLookup.class,
            SecretStore.class,
            MasterKeyPassphrase.class,
            SecretComponent.class
        },
        immediate = true,
        configurationPid = SecretComponent.PID)
@Designate(ocd = SecretsConfig.class)
public final class SecretComponent implements SecretLookup, SecretStore, MasterKeyPassphrase {

    static final String PID = "io.visionops.security";

    private static final Logger LOG = LoggerFactory.getLogger(SecretComponent.class);

    /** Of looks for files that others have changed: a restore, a key that was put back. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    /** What the paths of the configuration are relative to. */
    private final Path home;

    private final SecureRandom random = new SecureRandom();
    private final SecretListeners listeners = new SecretListeners();
    private final PassphraseGuard guard = new PassphraseGuard(Ticker.system());
    private final SecretVault vault;
    private final SecretWatch watch;
    private final SecretJournal journal;
    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-security-secrets");

    @Activate
    public SecretComponent(BundleContext context, SecretsConfig config) {
        home = Path.of(property(context, "karaf.base")).toAbsolutePath().normalize();
        Path data = Path.of(property(context, "visionops.data")).toAbsolutePath().normalize();
        Path folder = data.resolve("secrets");
        Clock clock = Clock.systemUTC();
        vault = new SecretVault(folder, keys(config), random, clock);
        watch =
                new SecretWatch(
                        vault, new RestoredSecrets(vault, folder.resolve("restored")), listeners);
        journal = new SecretJournal(folder, clock, Ticker.system(), random);
    }

    private static String property(BundleContext context, String name) {
        String value = context.getProperty(name);
        return value == null ? "" : value;
    }

    private MasterKeys keys(SecretsConfig config) {
        return new MasterKeys(
                Optional.ofNullable(System.getenv("CREDENTIALS_DIRECTORY"))
                        .filter(folder -> !folder.isEmpty())
                        .map(Path::of),
                home.resolve(config.master_key_file().strip()),
                random);
    }

    /** The references are bound when the constructor has returned. */
    @Activate
    void start() {
        thread.execute(journal::resume);
        RepeatedTask.schedule(
                thread,
                "the look at the secrets",
                Duration.ZERO,
                EVERY,
                () -> {
                    watch.look();
                    journal.retry();
                });
        LOG.info("secrets started, master key {}", vault.keys().place());
    }

    @Modified
    void change(SecretsConfig config) {
        vault.use(keys(config));
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

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addListener(SecretListener listener) {
        listeners.add(listener);
    }

    void removeListener(SecretListener listener) {
        listeners.remove(listener);
    }

    @Deactivate
    void stop() {
        thread.shutdownNow();
        journal.close();
        LOG.info("secrets stopped");
    }

    /** What was found at the last look. */
    public SecretHealth health() {
        return watch.health();
    }

    @Override
    public Optional<String> find(String name) throws SecretException {
        return vault.find(name);
    }

    @Override
    public List<SecretInfo> list() throws SecretException {
        return vault.list();
    }

    @Override
    public void set(String name, String value, Actor by) throws SecretException {
        refuseOurs(name, by);
        vault.set(name, value, by);
        journal.tell("secret-set", name, "secret " + name + " is set", by);
        watch.look();
    }

    @Override
    public void remove(String name, Actor by) throws SecretException {
        refuseOurs(name, by);
        vault.remove(name);
        journal.tell("secret-remove", name, "secret " + name + " is removed", by);
        watch.look();
    }

    /** Whoever removed a key of ours would lose what it encrypts. */
    private static void refuseOurs(String name, Actor by) throws SecretException {
        if (name.startsWith(OURS) && by.kind().equals(Actor.USER)) {
            throw new SecretException(
                    name + " is a key of this program: what it encrypts could not be read again");
        }
    }

    @Override
    public int rotate(Actor by) throws SecretException {
        int count = vault.rotate();
        journal.tell("secret-rotate", "all", count + " secrets have a new data key", by);
        watch.look();
        return count;
    }

    @Override
    public int rotateMaster(Actor by) throws SecretException {
        int count = vault.rotateMaster();
        journal.tell("secret-rotate", "all", count + " secrets have a new master key", by);
        watch.look();
        return count;
    }

    @Override
    public void setPassphrase(String passphrase, Actor by) throws SecretException {
        vault.lock(passphrase);
        journal.tell("secret-passphrase", "all", "a passphrase locks the master key", by);
        watch.look();
    }

    @Override
    public void removePassphrase(String passphrase, Actor by) throws SecretException {
        guard.allow(() -> vault.removePassphrase(passphrase));
        journal.tell("secret-passphrase", "all", "no passphrase locks the master key", by);
        watch.look();
    }

    @Override
    public void unlock(String passphrase, Actor by) throws SecretException {
        guard.allow(() -> watch.unlock(passphrase));
        journal.tell("secret-unlock", "all", "the master key is unlocked", by);
        watch.look();
        Optional<String> trouble = watch.health().trouble();
        if (trouble.isPresent()) {
            throw new SecretException(
                    "the passphrase is right, and the secrets cannot be read yet: "
                            + trouble.get());
        }
    }

    @Override
    public Optional<Path> masterKeyFile() {
        return vault.keys().file();
    }
}
