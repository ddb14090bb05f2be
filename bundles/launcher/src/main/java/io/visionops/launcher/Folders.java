package io.visionops.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders. */
final class Folders {

    private Folders() {}

    /** Removes a file or a folder with all that is in it; follows no link. */
    static void remove(Path path) throws IOException {
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

    /** Removes what may as well stay. */
    static void tryRemove(Path path) {
        try {
            remove(path);
        } catch (IOException kept) {
            // The next start removes it.
        }
    }

    /** Copies a file or a folder over what is there. The copy can be written. */
    static void copy(Path from, Path to) throws IOException {
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
            Path part = to.resolveSibling(to.getFileName() + ".new");
            Files.write(part, Files.readAllBytes(from));
            Files.move(
                    part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
