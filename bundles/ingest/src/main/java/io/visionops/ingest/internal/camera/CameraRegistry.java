package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.ConfigurationError;
import io.visionops.api.camera.Incident;
import io.visionops.api.subject.Actor;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.CameraFile;
import io.visionops.ingest.internal.config.CameraText;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.ingest.internal.config.LastGood;
import io.visionops.ingest.internal.config.Secrets;
import io.visionops.ingest.internal.stream.StreamContext;
import io.visionops.ingest.internal.stream.StreamSupervisor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configurations of cameras, and which of them are in force. A configuration that is wrong
 * changes nothing. Changes are carried out one after the other by one thread, away from the thread
 * that brings them. Thread-safe.
 */
public final class CameraRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(CameraRegistry.class);

    /** In which readers come to a frame boundary and the consumer to the last frame. */
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final StreamContext context;
    private final LastGood lastGood;
    private final Secrets secrets;
    private final CameraAdmission admission;
    private final CameraLifecycle lifecycle;
    private final ChangeQueue changes = new ChangeQueue();
    private final PeriodicCheck rounds;
    private final RevisionCounter counts = new RevisionCounter();

    /** By PID; used by the thread of changes alone. */
    private final Map<String, CameraEntry> entries = new HashMap<>();

    /** What others see; replaced as a whole after each change. */
    private volatile RegistrySnapshot snapshot = RegistrySnapshot.EMPTY;

    /**
     * @param lastGood what cameras are started with while their files are wrong
     * @param memory what there is for all cameras
     * @param publisher makes a camera known as a service; what it returns withdraws it
     */
    public CameraRegistry(
            StreamContext context,
            LastGood lastGood,
            Secrets secrets,
            MemoryBudget memory,
            Function<ConfiguredCamera, Runnable> publisher) {
        this.context = context;
        this.lastGood = lastGood;
        this.secrets = secrets;
        this.admission = new CameraAdmission(memory);
        this.lifecycle = new CameraLifecycle(context, publisher);
        this.rounds = new PeriodicCheck(context, () -> snapshot.supervisors());
        rounds.start();
    }

    /** A configuration of config admin is there, or is another one now. */
    public void updated(String pid, Map<String, ?> properties) {
        CameraText text = CameraText.delivered(pid, properties);
        changes.submit(() -> change(pid, text));
    }

    /** A configuration of config admin is gone. */
    public void deleted(String pid) {
        changes.submit(() -> remove(pid));
    }

    /** A file is there, or says something else now. */
    public void changed(CameraText text) {
        changes.submit(() -> change(text.file().file(), text));
    }

    /** A file is gone. */
    public void gone(CameraFile file) {
        deleted(file.file());
    }

    /** Secrets can be looked up again: all that cameras name. */
    public void secretsAreThere() {
        changes.submit(() -> lookUpAgain(text -> !text.secrets().isEmpty()));
    }

    /** Secrets have other values, or are there now. */
    public void secretsChanged(Set<String> names) {
        changes.submit(
                () -> lookUpAgain(text -> text.secrets().stream().anyMatch(names::contains)));
    }

    private void lookUpAgain(Predicate<CameraText> concerned) {
        for (Map.Entry<String, CameraEntry> one : List.copyOf(entries.entrySet())) {
            CameraEntry entry = one.getValue();
            if (!entry.waits && !concerned.test(entry.text)) {
                continue;
            }
            PublishedCamera published = entry.published;
            Optional<String> refusal = entry.refusal;
            take(one.getKey(), entry);
            if (!entry.refusal.equals(refusal)) {
                logRefusal(entry);
            } else if (entry.published == published) {
                continue;
            }
            publish(entry.file.camera());
        }
    }

    private void change(String pid, CameraText text) {
        CameraEntry entry = entries.computeIfAbsent(pid, unused -> new CameraEntry(text));
        entry.text = text;
        take(pid, entry);
        logRefusal(entry);
        publish(entry.file.camera());
    }

    /** Puts into force what a configuration says, or keeps why that cannot be. */
    private void take(String pid, CameraEntry entry) {
        CameraText text = entry.text;
        entry.waits = false;
        try {
            CameraSettings settings = text.settings(secrets);
            boolean starts = entry.published == null;
            boolean known = starts && lastGood.isKept(entry.file);
            apply(entry, text, settings, starts && !known);
            entry.refusal = Optional.empty();
            if (known) {
                // After a swap: most likely it is what is kept already, and others are to start.
                changes.defer(() -> saveUnlessGone(pid, text));
            } else {
                lastGood.save(text);
            }
        } catch (InvalidSetting e) {
            entry.refusal = Optional.of(String.valueOf(e.getMessage()));
            entry.waits = e.isPassing();
            if (entry.published == null) {
                restore(entry);
            }
        }
    }

    /**
     * @param isNew whether the camera has never run
     */
    private void apply(CameraEntry entry, CameraText text, CameraSettings settings, boolean isNew)
            throws InvalidSetting {
        List<CameraEntry> others = entries.values().stream().filter(one -> one != entry).toList();
        admission.check(entry.file, settings, others, isNew);
        entry.published = lifecycle.apply(entry.file, entry.published, settings);
        entry.inForce = text;
    }

    private static void logRefusal(CameraEntry entry) {
        if (entry.refusal.isPresent()) {
            LOG.warn(
                    "etc/{}: {}; {}",
                    entry.file.file(),
                    entry.refusal.get(),
                    entry.published != null
                            ? "the last good configuration stays in force"
                            : entry.waits
                                    ? "the camera waits for that"
                                    : "the camera does not run until this is corrected");
        }
    }

    private void saveUnlessGone(String pid, CameraText good) {
        if (entries.containsKey(pid)) {
            lastGood.save(good);
        }
    }

    /** Starts a camera with what it ran with before we were there, since what it says is wrong. */
    private void restore(CameraEntry entry) {
        if (entry.file.nameRefused().isPresent()) {
            return;
        }
        Optional<CameraText> kept = lastGood.load(entry.file);
        if (kept.isEmpty()) {
            return;
        }
        try {
            CameraSettings settings = kept.get().settings(secrets);
            apply(entry, kept.get(), settings, false);
        } catch (InvalidSetting e) {
            entry.waits |= e.isPassing();
            LOG.debug("what was good is not any more: {}", e.getMessage());
        }
    }

    private void remove(String pid) {
        CameraEntry entry = entries.remove(pid);
        if (entry == null) {
            return;
        }
        lifecycle.remove(entry.file, entry.published);
        if (entry.published != null) {
            lastGood.forget(entry.file);
        }
        LOG.info("camera {} is removed", entry.file.camera());
        publish(entry.file.camera());
    }

    private void publish(String name) {
        snapshot = RegistrySnapshot.of(entries.values());
        counts.changed(name);
        Map<String, Address> enabled = new HashMap<>();
        for (StreamSupervisor supervisor : snapshot.supervisors()) {
            enabled.put(supervisor.plan().camera(), supervisor.plan().addresses().get(0));
        }
        context.senses().limiter().use(enabled);
    }

    /**
     * Does something with all cameras that are enabled, between two changes of cameras.
     *
     * @throws TimeoutException when a change took too long
     * @throws IllegalStateException after the end
     */
    <T> T betweenChanges(Function<List<StreamSupervisor>, T> work, Duration limit)
            throws InterruptedException, TimeoutException {
        return changes.call(() -> work.apply(snapshot.supervisors()), limit);
    }

    /** Keeps who has changed a camera. */
    void audit(String camera, String action, Actor by) {
        context.audit(camera, action, by);
    }

    /** Every camera that has been configured rightly once, ordered by name. */
    public List<Camera> cameras() {
        return snapshot.cameras();
    }

    /** Configurations that are not in force, ordered by file. */
    public List<ConfigurationError> refusals() {
        return snapshot.refusals();
    }

    /** Causes that cameras share, which go on. */
    public List<Incident> incidents() {
        return context.senses().limiter().incidents();
    }

    /** All configurations as they are after the last change. */
    RegistrySnapshot snapshot() {
        return snapshot;
    }

    /** How many changes a camera has had; to be asked before a change and awaited after it. */
    RevisionCounter counts() {
        return counts;
    }

    /**
     * Stops everything within {@code limit}; decoders that stream are left to a successor.
     *
     * @return whether all decoders are gone or left
     */
    public boolean close(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        rounds.close();
        try {
            // Half of the time at most, so that readers have the other half.
            if (!changes.close(limit.dividedBy(2))) {
                LOG.warn("a change of cameras is not through");
            }
            List<PublishedCamera> cameras =
                    entries.values().stream()
                            .flatMap(entry -> Stream.ofNullable(entry.published))
                            .toList();
            CameraLifecycle.handOver(
                    cameras, Math.min(deadline, System.nanoTime() + DRAIN.toNanos()));
            return CameraLifecycle.awaitGone(cameras, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
