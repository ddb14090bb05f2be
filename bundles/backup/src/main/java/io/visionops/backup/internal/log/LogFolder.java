package io.visionops.backup.internal.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of the event log, as etc/org.ops4j.pax.logging.cfg names them: {@code events.jsonl} is
 * written, {@code events-DATE.N.jsonl} are those before it.
 */
public record LogFolder(Path folder) {

    private static final String CURRENT = "events.jsonl";

    private static final Pattern EARLIER =
            Pattern.compile("events-(\\d{4}-\\d\\d-\\d\\d)\\.(\\d{1,9})\\.jsonl");

    private static final Comparator<Earlier> NEWEST_FIRST =
            Comparator.comparing(Earlier::date).thenComparing(Earlier::number).reversed();

    private record Earlier(Path file, String date, int number) {}

    /** The file that is being written. */
    public Path current() {
        return folder.resolve(CURRENT);
    }

    /** Those before it, the newest first. */
    public List<Path> earlier() throws IOException {
        List<Earlier> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "events-*.jsonl")) {
            for (Path file : files) {
                Matcher name = EARLIER.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.add(new Earlier(file, name.group(1), Integer.parseInt(name.group(2))));
                }
            }
        }
        return found.stream().sorted(NEWEST_FIRST).map(Earlier::file).toList();
    }

    /** The file that had this key when it was still written; empty when it is gone. */
    Optional<Path> renamed(Object key) throws IOException {
        for (Path file : earlier()) {
            if (Objects.equals(key(file), key)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** What stays when a file is renamed; null when it is not there, or has none. */
    static @Nullable Object key(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException gone) {
            return null;
        }
    }
}
