package io.visionops.processes.internal;

import io.visionops.processes.internal.meter.Meter;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One small file for each living child, for the start after a crash. Not synced to the disk: no
 * child outlives a crash of the machine. A file that cannot be written or deleted costs a line in
 * the log and nothing else: a camera must not stay blind because a disk is full. Thread-safe for
 * different names.
 */
final class Records {

    private static final Logger LOG = LoggerFactory.getLogger(Records.class);
    private static final String SUFFIX = ".child";
    private static final long LARGEST = 1_000;
    private static final Pattern CONTENT =
            Pattern.compile("pid=(\\d{1,18})\\nstart=([\\x21-\\x7e]{1,200})\\n");

    private final Path folder;

    /**
     * @param start as {@link Meter.Reading#start()} said
     */
    record Entry(String name, long pid, String start) {}

    Records(Path data) {
        folder = data.resolve("run").resolve("children");
    }

    void write(Entry entry) {
        String content = "pid=" + entry.pid() + "\nstart=" + entry.start() + "\n";
        try {
            Files.createDirectories(folder);
            WholeFile.write(file(entry.name()), content.getBytes(StandardCharsets.US_ASCII), false);
        } catch (IOException e) {
            LOG.warn(
                    "child {} has no record in {} ({}): it would be left over after a crash;"
                            + " check free space and write access",
                    entry.name(),
                    folder,
                    e.toString());
        }
    }

    void delete(String name) {
        delete(file(name));
    }

    /** What is there; unfinished and unreadable files are removed. */
    List<Entry> readAll() {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                read(file).ifPresentOrElse(entries::add, () -> delete(file));
            }
        } catch (NoSuchFileException e) {
            // The first start with this folder.
            return List.of();
        } catch (IOException e) {
            LOG.warn("cannot look for children of a crash in {}: {}", folder, e.toString());
        }
        return entries;
    }

    private static Optional<Entry> read(Path file) {
        String fileName = file.getFileName().toString();
        if (!fileName.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        String name = fileName.substring(0, fileName.length() - SUFFIX.length());
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
                Matcher matcher = CONTENT.matcher(Files.readString(file));
                if (matcher.matches()) {
                    return Optional.of(
                            new Entry(name, Long.parseLong(matcher.group(1)), matcher.group(2)));
                }
            }
            LOG.warn("{} is no record of a child and is removed", file);
        } catch (IOException e) {
            LOG.warn("{} is no record of a child and is removed: {}", file, e.toString());
        }
        return Optional.empty();
    }

    private static void delete(Path file) {
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("cannot delete {}, remove it by hand: {}", file, e.toString());
        }
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }
}
