package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraSettings;
import io.visionops.api.camera.ConfigurationError;
import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.camera.Incident;
import io.visionops.api.camera.ReconnectPolicy;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.journal.Fact;
import io.visionops.api.subject.Actor;
import io.visionops.ingest.internal.config.Address;
import io.visionops.ingest.internal.config.CameraFile;
import io.visionops.ingest.internal.config.CameraText;
import io.visionops.ingest.internal.config.DecoderSettings;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.ingest.internal.config.LastGood;
import io.visionops.ingest.internal.config.LineReach;
import io.visionops.ingest.internal.config.Secrets;
import io.visionops.ingest.internal.handover.HandoverFile;
import io.visionops.ingest.internal.stream.StreamContext;
import io.visionops.ingest.internal.stream.StreamSupervisor;
import io.visionops.ingest.internal.trust.TrustStore;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cameras that run, and the configurations that they run with. A configuration that is wrong
 * changes nothing. Changes are carried out one after the other by one thread, away from the thread
 * that brings them. Thread-safe.
 */
public final class CameraRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(CameraRegistry.class);

    /** In which readers come to a frame boundary and the consumer to the last frame. */
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final StreamContext world;
    private final Function<ConfiguredCamera, Runnable> publisher;
    private final LastGood lastGood;
    private final MemoryBudget memory;
    private final Secrets secrets;
    private final ExecutorService changes;
    private final PeriodicCheck rounds;
    private final RevisionCounter counts = new RevisionCounter();

    /** By PID; used by the thread of "changes" alone. */
    private final Map<String, Entry> entries = new HashMap<>();

    /**
     * Decoders that are on their way out, by camera: the next of that name waits for them. Used by
     * the thread of "changes" alone.
     */
    private final Map<String, CompletableFuture<Void>> ending = new HashMap<>();

    private volatile boolean closing;

    /** What others see; replaced as a whole after each change. */
    private volatile List<Seen> seen = List.of();

    /** One configuration. */
    private static final class Entry {
        final CameraFile file;

        /** What it says now, good or not. */
        @Nullable CameraText text;

        /** What the camera runs with. */
        @Nullable CameraText inForce;

        @Nullable ConfiguredCamera camera;
        @Nullable Runnable withdraw;
        Optional<String> refusal = Optional.empty();

        /** Does it lack something that may come by itself: a secret? */
        boolean waits;

        Entry(CameraFile file) {
            this.file = file;
        }
    }

    /** A configuration as others see it. */
    record Seen(
            CameraFile file,
            Optional<ConfiguredCamera> camera,
            Optional<String> refusal,
            Set<String> secrets) {}

    /**
     * @param lastGood what cameras are started with while their files are wrong
     * @param memory what there is for all cameras
     * @param publisher makes a camera known as a service; what it returns withdraws it
     */
    public CameraRegistry(
            StreamContext world,
            LastGood lastGood,
            Secrets secrets,
            MemoryBudget memory,
            Function<ConfiguredCamera, Runnable> publisher) {
        this.world = world;
        this.memory = memory;
        this.secrets = secrets;
        this.publisher = publisher;
        this.lastGood = lastGood;
        this.changes = DaemonThreads.inOrder("visionops-ingest-configuration");
        this.rounds = new PeriodicCheck(world, this::feeds);
        rounds.start();
    }

    private List<StreamSupervisor> feeds() {
        return seen.stream()
                .flatMap(one -> one.camera().stream())
                .flatMap(camera -> Stream.ofNullable(camera.supervisor()))
                .toList();
    }

    /** A configuration of config admin is there, or is another one now. */
    public void updated(String pid, Map<String, ?> properties) {
        CameraText text = CameraText.delivered(pid, properties);
        submit(() -> change(pid, text));
    }

    /** A configuration of config admin is gone. */
    public void deleted(String pid) {
        submit(() -> remove(pid));
    }

    /** A file is there, or says something else now. */
    public void changed(CameraText text) {
        submit(() -> change(text.file().file(), text));
    }

    /** A file is gone. */
    public void gone(CameraFile file) {
        deleted(file.file());
    }

    /** Secrets can be looked up again: all that cameras name. */
    public void secretsAreThere() {
        submit(() -> lookUpAgain(text -> !text.secrets().isEmpty()));
    }

    /** Secrets have other values, or are there now. */
    public void secretsChanged(Set<String> names) {
        submit(() -> lookUpAgain(text -> text.secrets().stream().anyMatch(names::contains)));
    }

    private void lookUpAgain(Predicate<CameraText> concerned) {
        for (Map.Entry<String, Entry> one : List.copyOf(entries.entrySet())) {
            Entry entry = one.getValue();
            CameraText text = entry.text;
            if (text == null || !entry.waits && !concerned.test(text)) {
                continue;
            }
            ConfiguredCamera camera = entry.camera;
            Optional<String> refusal = entry.refusal;
            take(one.getKey(), entry, text);
            if (!entry.refusal.equals(refusal)) {
                logRefusal(entry);
            } else if (entry.camera == camera) {
                continue;
            }
            publish(entry.file.camera());
        }
    }

    private void submit(Runnable change) {
        try {
            changes.execute(
                    () -> {
                        try {
                            if (!closing) {
                                change.run();
                            }
                        } catch (RuntimeException | Error e) {
                            MachineErrors.endIf(e);
                            LOG.error("a change of cameras failed: {}", e.toString(), e);
                        }
                    });
        } catch (RejectedExecutionException e) {
            LOG.debug("too late for a change of cameras", e);
        }
    }

    private void change(String pid, CameraText text) {
        CameraFile file = text.file();
        Entry entry = entries.computeIfAbsent(pid, unused -> new Entry(file));
        entry.text = text;
        take(pid, entry, text);
        logRefusal(entry);
        publish(file.camera());
    }

    private void take(String pid, Entry entry, CameraText text) {
        CameraFile file = entry.file;
        entry.waits = false;
        try {
            CameraSettings settings = text.settings(secrets);
            refuseTwins(pid, file);
            boolean known = entry.camera == null && lastGood.isKept(file);
            refuseTooLarge(entry, settings, entry.camera == null && !known);
            entry.refusal = Optional.empty();
            apply(entry, settings);
            entry.inForce = text;
            if (known) {
                keepLater(pid, text);
            } else {
                lastGood.save(text);
            }
        } catch (InvalidSetting e) {
            entry.refusal = Optional.of(String.valueOf(e.getMessage()));
            entry.waits = e.isPassing();
            if (entry.camera == null) {
                restore(entry, pid);
            }
        }
    }

    private static void logRefusal(Entry entry) {
        if (entry.refusal.isPresent()) {
            LOG.warn(
                    "etc/{}: {}; {}",
                    entry.file.file(),
                    entry.refusal.get(),
                    entry.camera != null
                            ? "the last good configuration stays in force"
                            : entry.waits
                                    ? "the camera waits for that"
                                    : "the camera does not run until this is corrected");
        }
    }

    /**
     * After a swap, when every camera that is due has been started: most likely it is what is kept
     * already.
     */
    private void keepLater(String pid, CameraText good) {
        try {
            changes.execute(
                    () -> {
                        if (entries.containsKey(pid)) {
                            lastGood.save(good);
                        }
                    });
        } catch (RejectedExecutionException e) {
            lastGood.save(good);
        }
    }

    /** Starts a camera with what it ran with before we were there, since what it says is wrong. */
    private void restore(Entry entry, String pid) {
        if (entry.file.nameRefused().isPresent()) {
            return;
        }
        Optional<CameraText> kept = lastGood.load(entry.file);
        if (kept.isEmpty()) {
            return;
        }
        try {
            CameraSettings settings = kept.get().settings(secrets);
            refuseTwins(pid, entry.file);
            refuseTooLarge(entry, settings, false);
            apply(entry, settings);
            entry.inForce = kept.get();
        } catch (InvalidSetting e) {
            entry.waits |= e.isPassing();
            LOG.debug("what was good is not any more: {}", e.getMessage());
        }
    }

    /** front.cfg and front.config would fight for one camera. */
    private void refuseTwins(String pid, CameraFile file) throws InvalidSetting {
        for (Map.Entry<String, Entry> other : entries.entrySet()) {
            if (!other.getKey().equals(pid)
                    && other.getValue().file.camera().equals(file.camera())) {
                throw new InvalidSetting(
                        "camera "
                                + file.camera()
                                + " is configured by "
                                + other.getValue().file.file()
                                + " already: remove one of them");
            }
        }
    }

    /**
     * Memory that it will need is asked for now: that there is none is to be one camera's trouble.
     *
     * @param isNew whether it has never run; one that has is started whatever else runs just now
     */
    private void refuseTooLarge(Entry entry, CameraSettings settings, boolean isNew)
            throws InvalidSetting {
        if (!settings.enabled()) {
            return;
        }
        List<StreamSupervisor> others =
                entries.values().stream()
                        .filter(one -> one != entry)
                        .flatMap(one -> Stream.ofNullable(one.camera))
                        .flatMap(camera -> Stream.ofNullable(camera.supervisor()))
                        .toList();
        memory.reserve(
                DecoderSettings.of(settings), others.stream().map(StreamSupervisor::plan).toList());
        if (isNew) {
            memory.reserveDecoder(
                    others.stream()
                            .filter(supervisor -> supervisor.connection().isEmpty())
                            .count());
        }
    }

    private void apply(Entry entry, CameraSettings settings) {
        ConfiguredCamera old = entry.camera;
        if (old != null && old.settings().equals(settings)) {
            return;
        }
        withdraw(entry);
        LineReach.warnings(settings.analysis())
                .forEach(words -> LOG.warn("etc/{}: {}", entry.file.file(), words));
        StreamSupervisor supervisor = old == null ? null : old.supervisor();
        if (!settings.enabled()) {
            if (supervisor != null) {
                supervisor.disable();
            }
            end(supervisor);
            // Also one that was disabled while we did not run.
            world.chronicle()
                    .fact(new Fact.Expected(settings.name(), world.clock().instant(), false));
            entry.camera = new ConfiguredCamera(settings, world);
            LOG.info("camera {} is disabled", settings.name());
            return;
        }
        DecoderSettings plan = DecoderSettings.of(settings);
        if (supervisor != null && supervisor.plan().equals(plan)) {
            supervisor.useReconnect(settings.reconnect());
        } else {
            supervisor = replaced(supervisor, plan, settings.reconnect());
        }
        supervisor.pictures().limit(settings.picture());
        if (old != null && isDrawnAnew(old.settings().analysis(), settings.analysis())) {
            supervisor.pictures().acceptView();
        }
        ConfiguredCamera camera = new ConfiguredCamera(settings, supervisor, world);
        entry.camera = camera;
        entry.withdraw = publisher.apply(camera);
    }

    /** Who draws lines has the picture before him, and so finds it right. */
    private static boolean isDrawnAnew(DetectionSettings before, DetectionSettings now) {
        return !before.lines().equals(now.lines())
                || !before.zones().equals(now.zones())
                || !before.masks().equals(now.masks());
    }

    private StreamSupervisor replaced(
            @Nullable StreamSupervisor old, DecoderSettings plan, ReconnectPolicy reconnect) {
        end(old);
        CompletableFuture<Void> predecessor =
                ending.getOrDefault(plan.camera(), CompletableFuture.completedFuture(null));
        StreamSupervisor supervisor = new StreamSupervisor(plan, reconnect, world, predecessor);
        if (old == null) {
            new HandoverFile(world.folder(), plan)
                    .read(world.ticker().nanos(), world.clock().instant())
                    .ifPresent(supervisor::continueFrom);
        } else {
            supervisor.ring().continueAfter(old.ring().sequence());
            supervisor.use(old.requests());
        }
        supervisor.start();
        return supervisor;
    }

    private void end(@Nullable StreamSupervisor supervisor) {
        ending.values().removeIf(CompletableFuture::isDone);
        if (supervisor != null) {
            supervisor.end();
            ending.put(supervisor.plan().camera(), supervisor.gone());
        }
    }

    private static void withdraw(Entry entry) {
        if (entry.withdraw != null) {
            entry.withdraw.run();
            entry.withdraw = null;
        }
    }

    private void remove(String pid) {
        Entry entry = entries.remove(pid);
        if (entry == null) {
            return;
        }
        withdraw(entry);
        StreamSupervisor supervisor = entry.camera == null ? null : entry.camera.supervisor();
        if (supervisor != null) {
            supervisor.pictures().forget();
        } else if (entry.camera != null) {
            // One that is disabled has no feed, and a view from when it was not.
            DecoderSettings plan = DecoderSettings.of(entry.camera.settings());
            world.senses().inspectors().apply(plan).forget();
        }
        end(supervisor);
        world.chronicle()
                .fact(new Fact.Expected(entry.file.camera(), world.clock().instant(), false));
        if (entry.camera != null) {
            lastGood.forget(entry.file);
            new TrustStore(world.folder()).forget(entry.file.camera());
        }
        LOG.info("camera {} is removed", entry.file.camera());
        publish(entry.file.camera());
    }

    private void publish(String name) {
        List<Seen> now = new ArrayList<>();
        for (Entry entry : entries.values()) {
            Set<String> secrets = new TreeSet<>();
            Stream.of(Optional.ofNullable(entry.text), Optional.ofNullable(entry.inForce))
                    .flatMap(Optional::stream)
                    .forEach(text -> secrets.addAll(text.secrets()));
            now.add(
                    new Seen(
                            entry.file, Optional.ofNullable(entry.camera), entry.refusal, secrets));
        }
        now.sort(Comparator.comparing((Seen one) -> one.file().file()));
        seen = List.copyOf(now);
        counts.changed(name);
        Map<String, Address> enabled = new HashMap<>();
        for (StreamSupervisor supervisor : feeds()) {
            enabled.put(supervisor.plan().camera(), supervisor.plan().addresses().get(0));
        }
        world.senses().tries().use(enabled);
    }

    /**
     * Saves what the next start goes on from, between two changes of cameras.
     *
     * @throws TimeoutException when a change took too long
     */
    CheckpointResult save(Duration limit) throws InterruptedException, TimeoutException {
        try {
            return changes.submit(this::saveFeeds).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("ingest is being stopped", e);
        }
    }

    private CheckpointResult saveFeeds() {
        List<String> committed = new ArrayList<>();
        Map<String, String> failed = new HashMap<>();
        for (StreamSupervisor supervisor : feeds()) {
            String owner = "ingest." + supervisor.plan().camera();
            try {
                if (supervisor.save()) {
                    committed.add(owner);
                }
            } catch (IOException e) {
                failed.put(owner, e.toString());
            }
        }
        return new CheckpointResult(committed, failed);
    }

    /** Keeps who has changed a camera. */
    void audit(String camera, String action, Actor by) {
        world.audit(camera, action, by);
    }

    /** Every camera that has been configured rightly once, ordered by name. */
    public List<Camera> cameras() {
        return seen.stream()
                .flatMap(one -> one.camera().stream())
                .map(Camera.class::cast)
                .sorted(Comparator.comparing(camera -> camera.settings().name()))
                .toList();
    }

    /** Causes that cameras share, which go on. */
    public List<Incident> incidents() {
        return world.senses().tries().incidents();
    }

    /** Configurations that are not in force, ordered by file. */
    public List<ConfigurationError> refusals() {
        List<ConfigurationError> refusals = new ArrayList<>();
        for (Seen one : seen) {
            one.refusal()
                    .ifPresent(
                            reason ->
                                    refusals.add(
                                            new ConfigurationError(one.file().file(), reason)));
        }
        return refusals;
    }

    /** Of configurations that are in force, ordered by file. */
    public List<ConfigurationError> warnings() {
        List<ConfigurationError> warnings = new ArrayList<>();
        for (Seen one : seen) {
            one.camera().stream()
                    .flatMap(camera -> LineReach.warnings(camera.settings().analysis()).stream())
                    .forEach(
                            words ->
                                    warnings.add(new ConfigurationError(one.file().file(), words)));
        }
        return warnings;
    }

    /** By camera, the secrets that it names or runs with. */
    Map<String, Set<String>> secretsUsed() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (Seen one : seen) {
            if (!one.secrets().isEmpty()) {
                used.computeIfAbsent(one.file().camera(), unused -> new TreeSet<>())
                        .addAll(one.secrets());
            }
        }
        return used;
    }

    Optional<Seen> find(String name) {
        // Of two files for one camera the one that is in force.
        return seen.stream()
                .filter(one -> one.file().camera().equals(name))
                .max(Comparator.comparing(one -> one.camera().isPresent()));
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
        closing = true;
        rounds.close();
        changes.shutdown();
        try {
            // Half of the time at most, so that readers have the other half.
            if (!changes.awaitTermination(limit.toMillis() / 2, TimeUnit.MILLISECONDS)) {
                LOG.warn("a change of cameras is not through");
            }
            List<StreamSupervisor> feeds = new ArrayList<>();
            for (Entry entry : entries.values()) {
                if (entry.camera != null && entry.camera.supervisor() != null) {
                    feeds.add(entry.camera.supervisor());
                }
            }
            handOver(feeds, Math.min(deadline, System.nanoTime() + DRAIN.toNanos()));
            boolean all = true;
            for (StreamSupervisor supervisor : feeds) {
                long left = deadline - System.nanoTime();
                all &= supervisor.awaitGone(Duration.ofNanos(Math.max(0, left)));
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Frames that wait are analysed before the cameras go. */
    private void handOver(List<StreamSupervisor> feeds, long deadline) throws InterruptedException {
        feeds.forEach(StreamSupervisor::leave);
        for (StreamSupervisor supervisor : feeds) {
            supervisor.awaitReleased(Duration.ofNanos(deadline - System.nanoTime()));
        }
        for (StreamSupervisor supervisor : feeds) {
            supervisor.ring().awaitDrained(Duration.ofNanos(deadline - System.nanoTime()));
        }
        entries.values().forEach(CameraRegistry::withdraw);
        feeds.forEach(StreamSupervisor::handOver);
    }
}
