package io.visionops.security.internal.audit.watch;

import io.visionops.api.audit.Audit;
import io.visionops.api.audit.AuditEntry;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Audits changes of files that no configuration service tells of: who may log in, which cameras
 * there are, how the program is started. For one thread at a time.
 */
final class FileAudit {

    private static final Pattern WATCHED =
            Pattern.compile(
                    "(users|keys|system|config|custom)\\.properties|io\\.visionops\\.camera-.*\\.cfg");

    private final Audit audit;
    private final Path etc;
    private final Clock clock;

    /** Digests by name; null before the first look. */
    private @Nullable Map<String, Integer> known;

    FileAudit(Audit audit, Path etc, Clock clock) {
        this.audit = audit;
        this.etc = etc;
        this.clock = clock;
    }

    /** Called now and then. */
    void look() throws IOException {
        Map<String, Integer> now = digests();
        Map<String, Integer> before = known;
        known = now;
        if (before == null) {
            return;
        }
        TreeSet<String> names = new TreeSet<>(now.keySet());
        names.addAll(before.keySet());
        for (String name : names) {
            Integer old = before.get(name);
            Integer latest = now.get(name);
            if (old == null) {
                tell(name, "added");
            } else if (latest == null) {
                tell(name, "removed");
            } else if (!old.equals(latest)) {
                tell(name, "changed");
            }
        }
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

    private Map<String, Integer> digests() throws IOException {
        Map<String, Integer> digests = new TreeMap<>();
        for (Path file : files()) {
            try {
                digests.put(
                        String.valueOf(file.getFileName()),
                        Arrays.hashCode(Files.readAllBytes(file)));
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
