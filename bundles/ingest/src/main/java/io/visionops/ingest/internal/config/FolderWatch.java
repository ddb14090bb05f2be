package io.visionops.ingest.internal.config;

import io.visionops.api.time.Ticker;
import io.visionops.support.LiteralProperties;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.folder.FolderChanges;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the folder of the camera files and tells what is new, is another, or is gone: what runs
 * is what stands there. A change is told once it was the same in two looks, so that nobody's editor
 * is read half-way. Files that others may read are closed to them.
 */
public final class FolderWatch implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    /** From one look to the next while the system says that nothing has changed. */
    private static final Duration UNCHANGED = Duration.ofSeconds(10);

    /** Read by its part, which says itself what is wrong with it. */
    private static final String ALERTS = "io.visionops.alerts.cfg";

    /** A camera with all keys has about 2 kB. */
    private static final int MOST_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private final Path folder;
    private final Consumer<CameraText> changed;
    private final Consumer<CameraFile> gone;
    private final ScheduledExecutorService thread;

    /** Used by the thread alone. */
    private final FolderChanges changes;

    /** Guarded by "this", as all below. */
    private final Map<String, Known> known = new HashMap<>();

    private final Map<String, Stamp> others = new HashMap<>();
    private Set<String> present = Set.of();
    private volatile Map<String, String> misnamed = Map.of();
    private boolean fails;

    /** Whether the next look may say more than this one without a change of the folder. */
    private boolean unsettled;

    /** Tells one state of a file from another without reading it. */
    private record Stamp(FileTime modified, long size, @Nullable Object inode) {

        static Stamp of(PosixFileAttributes file) {
            return new Stamp(file.lastModifiedTime(), file.size(), file.fileKey());
        }
    }

    /** A file that was told of. */
    private static final class Known {
        @Nullable Stamp seen;
        @Nullable Stamp told;
        byte @Nullable [] bytes;
        boolean missed;
    }

    /**
     * @param changed is called with what a file says now, by one thread at a time
     * @param gone is called for a file that is no more
     */
    public FolderWatch(Path folder, Consumer<CameraText> changed, Consumer<CameraFile> gone) {
        this.folder = folder;
        this.changed = changed;
        this.gone = gone;
        this.thread = DaemonThreads.scheduler("visionops-ingest-folder");
        this.changes = new FolderChanges(folder, Ticker.system(), UNCHANGED);
    }

    /** Tells of all files that are there, then of every change until it is closed. */
    public void start() {
        look(true);
        RepeatedTask.schedule(thread, "looking at the folder", EVERY, EVERY, this::lookIfDue);
    }

    /** Twenty looks at fifty files leave more than a megabyte of garbage. */
    private synchronized void lookIfDue() {
        if (changes.mayHaveChanged() || unsettled) {
            look(false);
        }
    }

    /**
     * Tells at once of a file that this part has written, which is whole, or removed. One in
     * Karaf's own format is brought by config admin whoever wrote it.
     */
    public synchronized void lookAtOwn(CameraFile file) throws IOException {
        String name = file.file();
        if (!CameraFile.isCamera(name)) {
            return;
        }
        if (Files.exists(folder.resolve(name))) {
            look(name, true);
        } else {
            miss(name);
            miss(name);
        }
    }

    /** Files that look like cameras and are none, with what to do; ordered by name. */
    public Map<String, String> misnamed() {
        return misnamed;
    }

    /**
     * @param first tells of what is there though it was seen but once
     */
    synchronized void look(boolean first) {
        try {
            Set<String> now = new TreeSet<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                files.forEach(file -> now.add(String.valueOf(file.getFileName())));
            }
            unsettled = false;
            for (String name : now) {
                if (CameraFile.isCamera(name)) {
                    look(name, first);
                } else if (CameraFile.isOfKaraf(name)) {
                    lookAtOfKaraf(name);
                } else if (name.startsWith("io.visionops.")
                        && name.endsWith(".cfg")
                        && !name.equals(ALERTS)) {
                    lookAtOther(name);
                }
            }
            for (String name : Set.copyOf(known.keySet())) {
                if (!now.contains(name)) {
                    miss(name);
                }
            }
            if (!now.equals(present)) {
                present = now;
                name(now);
            }
            fails = false;
        } catch (IOException | RuntimeException | Error e) {
            // Nobody would look any more; and an unreadable folder says nothing of its cameras.
            MachineErrors.endIf(e);
            if (!fails) {
                LOG.error("{} cannot be looked at: {}", folder, e.toString(), e);
            }
            fails = true;
            unsettled = true;
        }
    }

    private void look(String name, boolean first) throws IOException {
        Path path = folder.resolve(name);
        Known file = known.computeIfAbsent(name, unused -> new Known());
        file.missed = false;
        Stamp now;
        try {
            now = Stamp.of(Files.readAttributes(path, PosixFileAttributes.class));
        } catch (NoSuchFileException e) {
            unsettled = true;
            return;
        }
        boolean quiet = first || now.equals(file.seen);
        file.seen = now;
        unsettled |= !quiet || Files.isSymbolicLink(path);
        if (!quiet || now.equals(file.told)) {
            return;
        }
        file.told = now;
        CameraFile camera = CameraFile.ofFile(name);
        try {
            OwnersFile.close(path);
            byte[] bytes = read(path);
            if (!Arrays.equals(bytes, file.bytes)) {
                file.bytes = bytes;
                changed.accept(CameraText.of(camera, bytes));
            }
        } catch (IOException e) {
            file.bytes = null;
            changed.accept(CameraText.unreadable(camera, e));
        }
    }

    private static byte[] read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    /** An editor that writes a new file in the place of the old leaves none for a moment. */
    private void miss(String name) {
        Known file = known.get(name);
        if (file != null && file.missed) {
            known.remove(name);
            gone.accept(CameraFile.ofFile(name));
        } else if (file != null) {
            file.missed = true;
            unsettled = true;
        }
    }

    /** Config admin brings what stands in it; it may hold a password like any other. */
    private void lookAtOfKaraf(String name) throws IOException {
        Path path = folder.resolve(name);
        Stamp now = Stamp.of(Files.readAttributes(path, PosixFileAttributes.class));
        if (!now.equals(others.put(name, now))) {
            OwnersFile.close(path);
        }
    }

    /** The other files are read by Karaf, which passes over what is not clear in them. */
    private void lookAtOther(String name) throws IOException {
        Path path = folder.resolve(name);
        Stamp now = Stamp.of(Files.readAttributes(path, PosixFileAttributes.class));
        unsettled |= Files.isSymbolicLink(path);
        if (now.equals(others.put(name, now))) {
            return;
        }
        String text = LiteralProperties.decode(read(path));
        LiteralProperties read = LiteralProperties.parse(text);
        if (!LiteralProperties.withoutMark(text).equals(text)
                && read.lines().values().stream().anyMatch(List.of(1)::equals)) {
            LOG.warn(
                    "etc/{} begins with a byte order mark, so its first line is not read: save it"
                            + " without one",
                    name);
        }
        read.lines()
                .forEach(
                        (key, lines) -> {
                            if (lines.size() > 1) {
                                LOG.warn(
                                        "etc/{}: {} is given more than once, in lines {}: the last"
                                                + " one is in force",
                                        name,
                                        InvalidSetting.shown(key),
                                        lines);
                            }
                        });
    }

    private void name(Set<String> present) {
        Map<String, String> found = new TreeMap<>();
        for (String name : present) {
            NearName.of(name, present).ifPresent(reason -> found.put(name, reason));
        }
        for (Map.Entry<String, String> one : found.entrySet()) {
            if (!misnamed.containsKey(one.getKey())) {
                LOG.warn("etc/{} is not read: {}", one.getKey(), one.getValue());
            }
        }
        misnamed = Map.copyOf(found);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        changes.close();
    }
}
