package io.visionops.testkit.crash;

import io.visionops.testkit.crash.Operation.Data;
import io.visionops.testkit.crash.Operation.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Files and their names at one moment. For one thread. */
final class DiskImage {

    private final TreeSet<Path> folders = new TreeSet<>();
    private final TreeMap<Path, Integer> names = new TreeMap<>();

    /** Contents are copied when they change. */
    private final Map<Integer, byte[]> contents = new HashMap<>();

    DiskImage() {}

    DiskImage(DiskImage other) {
        folders.addAll(other.folders);
        names.putAll(other.names);
        contents.putAll(other.contents);
    }

    void apply(Names change) {
        if (change instanceof Operation.MakeFolder made) {
            folders.add(made.folder());
        } else if (change instanceof Operation.RemoveFolder removed) {
            folders.remove(removed.folder());
        } else if (change instanceof Operation.Name name) {
            names.put(name.path(), name.file());
        } else if (change instanceof Operation.Unname gone) {
            names.remove(gone.path());
        } else if (change instanceof Operation.Rename rename) {
            Integer file = names.remove(rename.from());
            if (file == null) {
                throw new IllegalStateException("not there: " + rename);
            }
            names.put(rename.to(), file);
        }
    }

    void apply(Data change) {
        byte[] before = contents.getOrDefault(change.file(), new byte[0]);
        if (change instanceof Operation.Write write) {
            put(change.file(), before, write.offset(), write.bytes(), write.bytes().length);
        } else if (change instanceof Operation.Truncate truncate) {
            contents.put(change.file(), Arrays.copyOf(before, (int) truncate.length()));
        }
    }

    /** The beginning of what was written. */
    void applyTorn(Operation.Write write, int length) {
        byte[] before = contents.getOrDefault(write.file(), new byte[0]);
        put(write.file(), before, write.offset(), write.bytes(), length);
    }

    /** To what it was to be, with zeros. */
    void lengthen(Operation.Write write) {
        byte[] before = contents.getOrDefault(write.file(), new byte[0]);
        int length = Math.toIntExact(write.offset() + write.bytes().length);
        if (before.length < length) {
            contents.put(write.file(), Arrays.copyOf(before, length));
        }
    }

    private void put(int file, byte[] before, long offset, byte[] bytes, int length) {
        int from = Math.toIntExact(offset);
        byte[] after = Arrays.copyOf(before, Math.max(before.length, from + length));
        System.arraycopy(bytes, 0, after, from, length);
        contents.put(file, after);
    }

    /**
     * @param target that is empty
     */
    void writeTo(Path target) throws IOException {
        for (Path folder : folders) {
            Files.createDirectories(target.resolve(folder));
        }
        Map<Integer, Path> written = new HashMap<>();
        for (Map.Entry<Path, Integer> name : names.entrySet()) {
            Path path = target.resolve(name.getKey());
            Path other = written.putIfAbsent(name.getValue(), path);
            if (other != null) {
                Files.createLink(path, other);
            } else {
                Files.write(path, contents.getOrDefault(name.getValue(), new byte[0]));
            }
        }
    }
}
