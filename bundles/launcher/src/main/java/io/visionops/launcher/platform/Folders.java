package io.visionops.launcher.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders. */
public final class Folders {

    private Folders() {}

    /** Removes a file or a folder with all that is in it; follows no link. */
    public static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> inside;
            try (Stream<Path> all = Files.walk(path)) {
                inside = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path one : inside) {
                Files.deleteIfExists(one);
            }
        } else {
            Files.deleteIfExists(path);
        }
    }

    /** Is nothing in it, or is it not there? */
    public static boolean isEmpty(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        } catch (IOException absent) {
            return true;
        }
    }

    /** Removes what may as well stay. */
    public static void tryRemove(Path path) {
        try {
            remove(path);
        } catch (IOException kept) {
            // The next start removes it.
        }
    }

    /** Copies a file or a folder over what is there. The copy can be written. */
    public static void copy(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            Files.createDirectories(to);
            List<Path> inside;
            try (Stream<Path> files = Files.list(from)) {
                inside = files.toList();
            }
            for (Path one : inside) {
                copy(one, to.resolve(one.getFileName()));
            }
        } else {
            // A new file: copying attributes would take over "read only" from the program folder.
            write(to, Files.readAllBytes(from));
        }
    }

    /** Moves a file that may be of use out of the way; it is gone or kept, as it comes. */
    public static void keepAside(Path file, Path aside) {
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException absent) {
            // It is written anew.
            return;
        }
    }

    /** Writes a file that is there as a whole or as it was. */
    public static void write(Path file, byte[] bytes) throws IOException {
        replace(file, bytes, false);
    }

    /** The same for text, in UTF-8. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Likewise; contents and name are on the disk when this returns. */
    public static void writeSynced(Path file, byte[] bytes) throws IOException {
        replace(file, bytes, true);
        Path folder = file.getParent();
        if (folder != null) {
            sync(folder);
        }
    }

    /** The same for text, in UTF-8. */
    public static void writeSynced(Path file, String text) throws IOException {
        writeSynced(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void replace(Path file, byte[] bytes, boolean synced) throws IOException {
        Path part =
                file.resolveSibling(file.getFileName() + ".new." + ProcessHandle.current().pid());
        try {
            Files.write(part, bytes);
            if (synced) {
                sync(part);
            }
            Files.move(
                    part,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            tryRemove(part);
            throw e;
        }
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
