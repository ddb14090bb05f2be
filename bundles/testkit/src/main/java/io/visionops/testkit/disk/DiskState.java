package io.visionops.testkit.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Folders and files at one moment. Not thread-safe. */
public final class DiskState {

    static final long ROOT = 0;

    /** What a file holds, by its number; never changed in place, so that copies can share it. */
    private final Map<Long, byte[]> files;

    /** Names in each folder, by its number; likewise. */
    private final Map<Long, Map<String, Long>> folders;

    private DiskState(Map<Long, byte[]> files, Map<Long, Map<String, Long>> folders) {
        this.files = files;
        this.folders = folders;
    }

    /** An empty folder. */
    DiskState() {
        this(new HashMap<>(), new HashMap<>(Map.of(ROOT, Map.of())));
    }

    DiskState copy() {
        return new DiskState(new HashMap<>(files), new HashMap<>(folders));
    }

    void apply(DiskOperation operation) {
        if (operation instanceof DiskOperation.Write write) {
            byte[] old = bytes(write.file());
            int end = Math.toIntExact(write.at() + write.bytes().length);
            byte[] now = Arrays.copyOf(old, Math.max(old.length, end));
            System.arraycopy(write.bytes(), 0, now, (int) write.at(), write.bytes().length);
            files.put(write.file(), now);
        } else if (operation instanceof DiskOperation.Truncate truncate) {
            byte[] old = bytes(truncate.file());
            files.put(truncate.file(), Arrays.copyOf(old, (int) truncate.size()));
        } else if (operation instanceof DiskOperation.Link link) {
            put(link.folder(), link.name(), link.node(), link.isFolder());
        } else if (operation instanceof DiskOperation.Unlink unlink) {
            unlink(unlink.folder(), unlink.name());
        } else if (operation instanceof DiskOperation.Rename rename) {
            unlink(rename.fromFolder(), rename.from());
            put(rename.toFolder(), rename.to(), rename.node(), rename.isFolder());
        }
    }

    private void put(long folder, String name, long node, boolean isFolder) {
        Map<String, Long> names = new TreeMap<>(names(folder));
        names.put(name, node);
        folders.put(folder, names);
        if (isFolder) {
            folders.putIfAbsent(node, Map.of());
        } else {
            files.putIfAbsent(node, new byte[0]);
        }
    }

    private void unlink(long folder, String name) {
        Map<String, Long> names = new TreeMap<>(names(folder));
        names.remove(name);
        folders.put(folder, names);
    }

    /** The number of what has this path; empty when nothing has. */
    OptionalLong node(Path path) {
        long node = ROOT;
        for (Path name : path) {
            Long next = names(node).get(name.toString());
            if (next == null) {
                return name.toString().isEmpty() ? OptionalLong.of(node) : OptionalLong.empty();
            }
            node = next;
        }
        return OptionalLong.of(node);
    }

    private Map<String, Long> names(long folder) {
        return folders.getOrDefault(folder, Map.of());
    }

    private byte[] bytes(long file) {
        return files.getOrDefault(file, new byte[0]);
    }

    boolean isFolder(long node) {
        return folders.containsKey(node);
    }

    long size(long file) {
        return bytes(file).length;
    }

    /** What a program finds: the contents of each file by its path; folders are not told. */
    public Map<String, byte[]> contents() {
        Map<String, byte[]> contents = new TreeMap<>();
        collect(ROOT, "", contents);
        return contents;
    }

    private void collect(long folder, String path, Map<String, byte[]> contents) {
        names(folder)
                .forEach(
                        (name, node) -> {
                            if (isFolder(node)) {
                                collect(node, path + name + "/", contents);
                            } else {
                                contents.put(path + name, bytes(node));
                            }
                        });
    }

    /** Makes a folder this, and nothing else; what is so already is left alone. */
    public void writeTo(Path root) throws IOException {
        write(ROOT, root);
    }

    private void write(long folder, Path path) throws IOException {
        Map<String, Long> names = names(folder);
        try (Stream<Path> all = Files.list(path)) {
            for (Path one : all.toList()) {
                Long node = names.get(one.getFileName().toString());
                if (node == null || !isSame(node, one)) {
                    remove(one);
                }
            }
        }
        for (Map.Entry<String, Long> entry : names.entrySet()) {
            Path child = path.resolve(entry.getKey());
            if (isFolder(entry.getValue())) {
                if (Files.notExists(child)) {
                    Files.createDirectory(child);
                }
                write(entry.getValue(), child);
            } else if (Files.notExists(child)) {
                Files.write(child, bytes(entry.getValue()));
            }
        }
    }

    /** A file that is another is not written over: it may have more names. */
    private boolean isSame(long node, Path there) throws IOException {
        return isFolder(node)
                ? Files.isDirectory(there)
                : Files.isRegularFile(there)
                        && Arrays.equals(Files.readAllBytes(there), bytes(node));
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> all = Files.list(path)) {
                for (Path one : all.toList()) {
                    remove(one);
                }
            }
        }
        Files.delete(path);
    }

    /** Takes up what is in a folder; numbers from {@code next} on are given. */
    static DiskState read(Path root, LongSupplier next) {
        DiskState state = new DiskState();
        try {
            state.read(root, ROOT, next);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return state;
    }

    private void read(Path path, long folder, LongSupplier next) throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            for (Path one : all.sorted().toList()) {
                long node = next.getAsLong();
                put(folder, one.getFileName().toString(), node, Files.isDirectory(one));
                if (Files.isDirectory(one)) {
                    read(one, node, next);
                } else {
                    files.put(node, Files.readAllBytes(one));
                }
            }
        }
    }
}
