package io.visionops.testkit.disk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A folder that writes down what is asked of its disk: code that is given {@link #root} works in
 * the folder as ever, and {@link #states} are then what a power cut at any moment could have left
 * of it. Takes what is there at the beginning for being on the disk. No symbolic links; permissions
 * are not recorded. Thread-safe.
 */
public final class RecordedDisk {

    private final Path folder;
    private final Path root;
    private final DiskState before;

    /** Guarded by "this"; what the program sees. */
    private final DiskState now;

    /** Guarded by "this". */
    private final List<DiskOperation> operations = new ArrayList<>();

    /** Guarded by "this". */
    private long nodes = DiskState.ROOT;

    public RecordedDisk(Path folder) {
        this.folder = folder.toAbsolutePath();
        before = DiskState.read(this.folder, () -> ++nodes);
        now = before.copy();
        root = new RecordingFileSystem(this, this.folder.getFileSystem()).wrap(this.folder);
    }

    /** The folder, for the code that is looked at. */
    public Path root() {
        return root;
    }

    /** How many things were asked until now. */
    public synchronized int count() {
        return operations.size();
    }

    /** So much time passes that the disk has written all, whatever it says of syncs. */
    public void pause() {
        add(new DiskOperation.Pause());
    }

    public synchronized CrashStates states() {
        return new CrashStates(before, operations);
    }

    private synchronized void add(DiskOperation operation) {
        operations.add(operation);
        now.apply(operation);
    }

    private OptionalLong node(Path real) {
        Path path = real.toAbsolutePath().normalize();
        return path.startsWith(folder) ? now.node(folder.relativize(path)) : OptionalLong.empty();
    }

    private long require(Path real) {
        return node(real)
                .orElseThrow(
                        () -> new IllegalStateException(real + " is not on the recorded disk"));
    }

    /**
     * A file was opened.
     *
     * @param emptied what was in it is gone
     */
    synchronized long opened(Path real, boolean emptied) {
        OptionalLong there = node(real);
        if (there.isEmpty()) {
            return created(real, false);
        }
        if (emptied && now.size(there.getAsLong()) > 0) {
            add(new DiskOperation.Truncate(there.getAsLong(), 0));
        }
        return there.getAsLong();
    }

    synchronized long created(Path real, boolean isFolder) {
        long node = ++nodes;
        add(new DiskOperation.Link(folderOf(real), name(real), node, isFolder));
        return node;
    }

    synchronized void linked(Path real, Path existing) {
        add(new DiskOperation.Link(folderOf(real), name(real), require(existing), false));
    }

    synchronized void deleted(Path real) {
        add(new DiskOperation.Unlink(folderOf(real), name(real)));
    }

    synchronized void moved(Path from, Path to) {
        long node = require(from);
        add(
                new DiskOperation.Rename(
                        folderOf(from),
                        name(from),
                        folderOf(to),
                        name(to),
                        node,
                        now.isFolder(node)));
    }

    void written(long file, long at, byte[] bytes) {
        add(new DiskOperation.Write(file, at, bytes));
    }

    void truncated(long file, long size) {
        add(new DiskOperation.Truncate(file, size));
    }

    void synced(long node) {
        add(new DiskOperation.Sync(node));
    }

    private long folderOf(Path real) {
        return require(Objects.requireNonNull(real.getParent(), "the root has no name"));
    }

    private static String name(Path real) {
        return real.getFileName().toString();
    }
}
