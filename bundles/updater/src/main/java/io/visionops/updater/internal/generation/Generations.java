package io.visionops.updater.internal.generation;

import io.visionops.api.update.UpdateException;
import io.visionops.support.FolderTree;
import io.visionops.support.Sha256;
import io.visionops.support.WholeFile;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder {@code releases} of a data folder: a generation is a whole program folder, {@code
 * 000042}, which is complete and never changed once it has its name. The one as it was unpacked is
 * number 0 and lies elsewhere. For one thread at a time.
 */
public final class Generations {

    private static final String NAME = "%06d";

    /** Before the number of a release that is being fetched. */
    private static final String STAGING = "staging-";

    /** What is being removed: it has no number any more. */
    private static final String REMOVED = "removed";

    private static final String SAVED = "saved";

    private final Path folder;
    private final Path base;

    /**
     * @param folder {@code releases} of the data folder
     * @param base the program as it was unpacked
     */
    public Generations(Path folder, Path base) {
        this.folder = folder;
        this.base = base;
    }

    /** The program folder of a generation. */
    public Path home(long number) {
        return number == 0 ? base : folder.resolve(String.format(Locale.ROOT, NAME, number));
    }

    /** Which of them is told to run; where that is damaged, the watchdog says so and starts 0. */
    public GenerationState state() throws IOException {
        Optional<GenerationState> written = Optional.empty();
        if (Files.exists(stateFile())) {
            written = GenerationState.read(stateFile());
        }
        return written.isPresent() ? written.get() : GenerationState.of(baseName());
    }

    public void write(GenerationState state) throws IOException {
        Files.createDirectories(folder);
        state.write(stateFile());
    }

    private Path stateFile() {
        return folder.resolve("state");
    }

    /** As the watchdog names it. */
    private String baseName() throws IOException {
        return ProgramFolder.version(base) + " " + base;
    }

    /** Copies of the database from before updates. */
    public Path saved(long number) throws IOException {
        Path saved = folder.resolve(SAVED);
        Files.createDirectories(saved);
        return saved.resolve(String.format(Locale.ROOT, "before-%06d.db", number));
    }

    /** Numbers of the generations that are there, the newest first; without 0. */
    public List<Long> kept() throws IOException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]{6}"))
                    .map(Long::parseLong)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /**
     * Makes a generation. What the present program has is linked or copied, the rest is fetched; it
     * gets its name when all of it is on the disk. What a download that was cut short has brought
     * stays, of one release at a time, and is gone on from.
     *
     * @param present the program that runs
     * @return its folder
     */
    public Path stage(Release release, ProgramFolder present, Fetch fetch)
            throws IOException, UpdateException {
        Path home = home(release.number());
        Path staging = folder.resolve(STAGING + home.getFileName());
        remove(home);
        removeStagings(staging);
        try {
            fill(staging, release, present, fetch);
        } catch (IOException | RuntimeException e) {
            // The disk is full, perhaps, and then it has to have its room back.
            FolderTree.remove(staging);
            throw e;
        }
        WholeFile.rename(staging, home);
        WholeFile.syncFolderOf(home);
        // The first update has made the folder of them all.
        WholeFile.syncFolderOf(folder);
        return home;
    }

    /** What is removed in part has no number any more: it cannot be gone back to. */
    private void remove(Path home) throws IOException {
        Path removed = folder.resolve(REMOVED);
        FolderTree.remove(removed);
        if (Files.exists(home)) {
            WholeFile.rename(home, removed);
            WholeFile.syncFolderOf(removed);
            FolderTree.remove(removed);
        }
    }

    private void removeStagings(@Nullable Path kept) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        List<Path> others;
        try (Stream<Path> files = Files.list(folder)) {
            others =
                    files.filter(file -> file.getFileName().toString().startsWith("staging"))
                            .filter(file -> !file.equals(kept))
                            .toList();
        }
        for (Path one : others) {
            FolderTree.remove(one);
        }
    }

    private static void fill(Path staging, Release release, ProgramFolder present, Fetch fetch)
            throws IOException, UpdateException {
        Set<Path> folders = new TreeSet<>();
        for (Map.Entry<String, ReleaseFile> entry : new TreeMap<>(release.files()).entrySet()) {
            Path target = staging.resolve(entry.getKey());
            makeFolders(target.getParent(), staging, folders);
            ReleaseFile file = entry.getValue();
            if (isThere(target, file)) {
                fetch.isThere(file);
            } else if (file.sha256().equals(present.contents().sums().get(entry.getKey()))) {
                take(present.path().resolve(entry.getKey()), target, file);
            } else {
                fetch.fetch(file, target);
            }
            if (file.executable() && !target.toFile().setExecutable(true, false)) {
                throw new IOException(target + " cannot be made executable");
            }
        }
        removeStrangers(staging, release.files().keySet());
        writeList(release, staging);
        for (Path one : folders) {
            sync(one);
        }
        sync(staging);
    }

    /** Whole, from a download that was cut short; another one is removed. */
    private static boolean isThere(Path target, ReleaseFile file) throws IOException {
        boolean whole =
                Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                        && Files.size(target) == file.length()
                        && Sha256.hex(target).equals(file.sha256());
        if (!whole) {
            Files.deleteIfExists(target);
        }
        return whole;
    }

    /** What was left of an earlier try and is not of the release. */
    private static void removeStrangers(Path staging, Set<String> paths) throws IOException {
        List<Path> strangers;
        try (Stream<Path> files = Files.walk(staging)) {
            strangers =
                    files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                            .filter(file -> !paths.contains(staging.relativize(file).toString()))
                            .toList();
        }
        for (Path one : strangers) {
            Files.delete(one);
        }
    }

    private static void makeFolders(@Nullable Path wanted, Path top, Set<Path> made)
            throws IOException {
        if (wanted != null) {
            Files.createDirectories(wanted);
        }
        for (Path one = wanted; one != null && !one.equals(top); one = one.getParent()) {
            if (!made.add(one)) {
                return;
            }
        }
    }

    /**
     * A link takes no room. A program that belongs to another user, or lies on another disk, is
     * copied; either way the bytes are those that were signed, which is seen by looking once more.
     */
    private static void take(Path source, Path target, ReleaseFile file)
            throws IOException, UpdateException {
        linkOrCopy(source, target);
        if (!Sha256.hex(target).equals(file.sha256())) {
            throw new UpdateException(source + " has changed while it was read");
        }
    }

    private static void linkOrCopy(Path source, Path target) throws IOException {
        try {
            Files.createLink(target, source);
        } catch (IOException | UnsupportedOperationException elsewhere) {
            try (InputStream content = Files.newInputStream(source)) {
                WholeFile.write(target, content);
            }
        }
    }

    private static void writeList(Release release, Path staging) throws IOException {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(release.files())
                .forEach(
                        (path, file) ->
                                lines.append(file.sha256()).append("  ").append(path).append('\n'));
        WholeFile.write(
                staging.resolve(ProgramFolder.LIST),
                lines.toString().getBytes(StandardCharsets.UTF_8),
                true);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Puts bundles where the framework finds them by their Maven coordinates while the program goes
     * on as it was started.
     *
     * @param paths in the program folder, below {@code system}
     */
    public void offer(Path home, Set<String> paths) throws IOException {
        for (String path : paths) {
            Path target = folder.resolve("live").resolve(path.substring("system/".length()));
            Files.createDirectories(target.getParent());
            Files.deleteIfExists(target);
            linkOrCopy(home.resolve(path), target);
        }
    }

    /** Removes generations and copies of the database that are not to be kept. */
    public void keep(Set<Long> numbers) throws IOException {
        for (long number : kept()) {
            if (!numbers.contains(number)) {
                remove(home(number));
                Files.deleteIfExists(saved(number));
            }
        }
        FolderTree.remove(folder.resolve(REMOVED));
    }

    /** Removes what a download that was cut short has brought. */
    public void dropDownloads() throws IOException {
        removeStagings(null);
    }
}
