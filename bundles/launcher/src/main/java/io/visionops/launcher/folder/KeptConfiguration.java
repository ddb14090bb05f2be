package io.visionops.launcher.folder;

import io.visionops.launcher.platform.Folders;
import io.visionops.launcher.platform.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Copies of what people have written into {@code etc}. A file whose bytes are others though nobody
 * has written it has rotted on the disk: its size, its times and its number are those of before,
 * which no editor can bring about. It is put back before anything reads it. For one thread.
 */
public final class KeptConfiguration {

    private static final String INDEX = "index";

    /** What a person writes is far smaller. */
    private static final long LARGEST = 1 << 20;

    /** It is there until the first change of the password, and not longer. */
    private static final String FIRST_PASSWORD = "admin-password";

    private static final String DAMAGED = ".damaged";

    private final Path etc;
    private final Path copies;

    /** Empty where there is no such file. */
    private final Function<Path, Optional<String>> stamp;

    public KeptConfiguration(DataFolder data) {
        this(data, KeptConfiguration::stamp);
    }

    KeptConfiguration(DataFolder data, Function<Path, Optional<String>> stamp) {
        this.stamp = stamp;
        this.etc = data.etc();
        this.copies = data.root().resolve("etc-copies");
    }

    /**
     * What a file was when it was copied.
     *
     * @param stamp changes whenever the file is written, whatever is written
     */
    private record Kept(String digest, String stamp) {}

    /**
     * Puts back what has rotted.
     *
     * @return a line for each file that had, for people
     */
    public List<String> mend() {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, Kept> one : index().entrySet()) {
            try {
                mend(one.getKey(), one.getValue()).ifPresent(found::add);
            } catch (IOException e) {
                found.add(
                        "etc/"
                                + one.getKey()
                                + " is damaged and cannot be put back: "
                                + DataFolder.reason(e));
            }
        }
        return found;
    }

    private Optional<String> mend(String name, Kept kept) throws IOException {
        Path file = etc.resolve(name);
        if (!stamp.apply(file).equals(Optional.of(kept.stamp()))
                || digest(file).equals(Optional.of(kept.digest()))) {
            return Optional.empty();
        }
        Path copy = copies.resolve(name);
        if (digest(copy).equals(Optional.of(kept.digest()))) {
            Folders.keepAside(file, etc.resolve(name + DAMAGED));
            Folders.copy(copy, file);
            makePrivate(file);
            return Optional.of(
                    "etc/"
                            + name
                            + " was damaged on the disk, nobody has written it: the copy of the last"
                            + " start is in its place, the damaged file is "
                            + name
                            + DAMAGED);
        }
        // Where both agree it is the index that has rotted.
        return digest(copy).equals(digest(file))
                ? Optional.empty()
                : Optional.of(
                        "etc/"
                                + name
                                + " may be damaged: its bytes are others though nobody has written"
                                + " it, and its copy is damaged too; read it and write it anew");
    }

    /**
     * Copies what was written since the last time.
     *
     * @return why it cannot be done; empty when it was
     */
    public Optional<String> keep() {
        try {
            Files.createDirectories(copies);
            makePrivate(copies);
            Map<String, Kept> before = index();
            Map<String, Kept> now = new TreeMap<>();
            for (Path file : files()) {
                String name = String.valueOf(file.getFileName());
                Optional<String> as = stamp.apply(file);
                Optional<String> digest = digest(file);
                if (as.isPresent() && digest.isPresent()) {
                    Kept kept = new Kept(digest.get(), as.get());
                    copy(name, kept);
                    now.put(name, kept);
                }
            }
            for (String gone : before.keySet()) {
                if (!now.containsKey(gone)) {
                    Folders.remove(copies.resolve(gone));
                }
            }
            if (!now.equals(before)) {
                write(now);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("no copies of etc are kept: " + DataFolder.reason(e));
        }
    }

    private void copy(String name, Kept kept) throws IOException {
        Path copy = copies.resolve(name);
        if (!digest(copy).equals(Optional.of(kept.digest()))) {
            Folders.copy(etc.resolve(name), copy);
            makePrivate(copy);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(etc)) {
            return all.filter(file -> isKept(String.valueOf(file.getFileName())))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> file.toFile().length() <= LARGEST)
                    .toList();
        }
    }

    private static boolean isKept(String name) {
        return !Configuration.isOfProgram(name)
                && !name.equals(FIRST_PASSWORD)
                && !name.equals(INDEX)
                && !name.endsWith(DAMAGED)
                && name.chars().noneMatch(Character::isISOControl);
    }

    /** Empty where it cannot be read, as when there is none. */
    private static Optional<String> digest(Path file) {
        try {
            return Optional.of(Sha256.hex(Files.readAllBytes(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> stamp(Path file) {
        try {
            BasicFileAttributes basic =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(
                    basic.size()
                            + ":"
                            + basic.lastModifiedTime().toMillis()
                            + ":"
                            // Of a disk's number nothing is known after the next boot.
                            + attribute(file, "unix:ino")
                            + ":"
                            // When attributes or bytes were last changed; nobody can set it.
                            + attribute(file, "unix:ctime"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String attribute(Path file, String name) throws IOException {
        try {
            return String.valueOf(Files.getAttribute(file, name, LinkOption.NOFOLLOW_LINKS));
        } catch (UnsupportedOperationException | IllegalArgumentException elsewhere) {
            return "";
        }
    }

    private static void makePrivate(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(
                    file,
                    PosixFilePermissions.fromString(
                            Files.isDirectory(file) ? "rwx------" : "rw-------"));
        } catch (UnsupportedOperationException elsewhere) {
            // The folder's own rights hold.
            return;
        }
    }

    /** Empty when there is none that can be understood: then nothing is known of before. */
    private Map<String, Kept> index() {
        Map<String, Kept> index = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(copies.resolve(INDEX))) {
                String[] words = line.split(" ", 3);
                if (words.length == 3) {
                    index.put(words[2], new Kept(words[0], words[1]));
                }
            }
        } catch (IOException absent) {
            return Map.of();
        }
        return index;
    }

    private void write(Map<String, Kept> index) throws IOException {
        StringBuilder lines = new StringBuilder();
        index.forEach(
                (name, kept) ->
                        lines.append(kept.digest())
                                .append(' ')
                                .append(kept.stamp())
                                .append(' ')
                                .append(name)
                                .append('\n'));
        Folders.write(copies.resolve(INDEX), lines.toString().getBytes(StandardCharsets.UTF_8));
        makePrivate(copies.resolve(INDEX));
    }
}
