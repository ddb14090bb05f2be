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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Audits changes of files that say who may log in, which no configuration service tells of. For one
 * thread at a time.
 */
final class FileAudit {

    private static final List<String> FILES = List.of("users.properties", "keys.properties");

    private final Audit audit;
    private final Path etc;
    private final Clock clock;
    private final Map<String, Integer> known = new HashMap<>();

    FileAudit(Audit audit, Path etc, Clock clock) {
        this.audit = audit;
        this.etc = etc;
        this.clock = clock;
    }

    /** Called now and then. */
    void look() throws IOException {
        for (String name : FILES) {
            int digest = digest(etc.resolve(name));
            Integer before = known.put(name, digest);
            if (before != null && before != digest) {
                audit.append(
                        new AuditEntry(
                                clock.instant(),
                                Actor.part("files"),
                                "file-change",
                                new Subject("file", "etc/" + name),
                                AuditEntry.OK,
                                digest == 0 ? "removed" : "changed"));
            }
        }
    }

    private static int digest(Path file) throws IOException {
        try {
            return Arrays.hashCode(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
