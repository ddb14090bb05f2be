package io.visionops.security.internal.audit.watch;

import io.visionops.api.audit.Audit;
import io.visionops.api.audit.AuditEntry;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.support.Sha256;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Audits changes of files that no configuration service tells of: who may log in, which cameras
 * there are, how the program is started. What was seen last is kept, so that a change while the
 * program did not run is told at its next start. For one thread at a time.
 */
final class FileAudit {

    private static final Pattern WATCHED =
            Pattern.compile(
                    "(users|keys|system|config|custom)\\.properties|io\\.visionops\\.camera-.*\\.cfg"
                            // What the launcher has found to be rotten, and has put back.
                            + "|.*\\.damaged");

    private final Audit audit;
    private final Path etc;
    private final Path seen;
    private final Clock clock;

    /** Digests by name; null before the first look. */
    private @Nullable Map<String, String> known;

    /**
     * @param seen where what was seen last is kept
     */
    FileAudit(Audit audit, Path etc, Path seen, Clock clock) {
        this.audit = audit;
        this.etc = etc;
        this.seen = seen;
        this.clock = clock;
    }

    /** Called now and then. */
    void look() throws IOException {
        Map<String, String> now = digests();
        Map<String, String> last = known;
        Map<String, String> before = last == null ? kept().orElse(now) : last;
        String when = last == null ? ", while the program did not run" : "";
        known = now;
        if (last == null || !now.equals(last)) {
            keep(now);
        }
        TreeSet<String> names = new TreeSet<>(now.keySet());
        names.addAll(before.keySet());
        for (String name : names) {
            String old = before.get(name);
            String latest = now.get(name);
            if (old == null) {
                tell(name, "added" + when);
            } else if (latest == null) {
                tell(name, "removed" + when);
            } else if (!old.equals(latest)) {
                tell(name, "changed" + when);
            }
        }
    }

    /** Empty at the very first start. */
    private Optional<Map<String, String>> kept() throws IOException {
        if (!Files.exists(seen)) {
            return Optional.empty();
        }
        Map<String, String> kept = new TreeMap<>();
        for (String line : Files.readAllLines(seen)) {
            int space = line.indexOf(' ');
            if (space > 0) {
                kept.put(line.substring(space + 1), line.substring(0, space));
            }
        }
        return Optional.of(kept);
    }

    private void keep(Map<String, String> digests) throws IOException {
        Path folder = seen.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        StringBuilder lines = new StringBuilder();
        digests.forEach(
                (name, digest) -> lines.append(digest).append(' ').append(name).append('\n'));
        WholeFile.write(
                seen, lines.toString().getBytes(StandardCharsets.UTF_8), WholeFile.OWNER_ONLY);
    }

    private void tell(String name, String what) {
        audit.append(
                new AuditEntry(
                        clock.instant(),
                        Actor.part("files"),
                        "file-change",
                        new Subject("file", "etc/" + name.replaceAll("\\p{Cntrl}", "?")),
                        AuditEntry.OK,
                        what));
    }

    private Map<String, String> digests() throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (Path file : files()) {
            try {
                digests.put(String.valueOf(file.getFileName()), Sha256.hex(file));
            } catch (NoSuchFileException e) {
                // Removed meanwhile: it is missed in what is returned.
                continue;
            }
        }
        return digests;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(etc)) {
            return all.filter(
                            file ->
                                    WATCHED.matcher(String.valueOf(file.getFileName())).matches()
                                            && Files.isRegularFile(file))
                    .toList();
        }
    }
}
