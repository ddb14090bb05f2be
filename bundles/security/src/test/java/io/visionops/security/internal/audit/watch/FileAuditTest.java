package io.visionops.security.internal.audit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditTest {

    @TempDir private Path etc;

    private final KeptAudit audit = new KeptAudit();

    @Test
    void changesAreToldAndWhatWasThereIsNot() throws Exception {
        Path users = Files.writeString(etc.resolve("users.properties"), "a = b");
        Path camera = etc.resolve("io.visionops.camera-front.cfg");
        FileAudit files = files();
        files.look();
        assertThat(audit.lines()).isEmpty();

        Files.writeString(users, "a = c");
        Files.writeString(camera, "url = x");
        Files.writeString(etc.resolve("other.cfg"), "x");
        files.look();
        Files.delete(camera);
        files.look();
        files.look();

        assertThat(audit.lines())
                .containsExactly(
                        "part/files file-change file/etc/io.visionops.camera-front.cfg ok added",
                        "part/files file-change file/etc/users.properties ok changed",
                        "part/files file-change file/etc/io.visionops.camera-front.cfg ok removed");
    }

    @Test
    void aChangeWhileTheProgramDidNotRunIsToldAtTheNextStart() throws Exception {
        Path users = Files.writeString(etc.resolve("users.properties"), "a = b");
        files().look();

        Files.writeString(users, "a = c");
        files().look();
        files().look();

        assertThat(audit.lines())
                .containsExactly(
                        "part/files file-change file/etc/users.properties ok changed, while the"
                                + " program did not run");
    }

    private FileAudit files() {
        return new FileAudit(
                audit,
                etc,
                etc.resolve("kept/files-seen"),
                new ManualClock(Instant.parse("2026-05-01T10:00:00Z")));
    }
}
