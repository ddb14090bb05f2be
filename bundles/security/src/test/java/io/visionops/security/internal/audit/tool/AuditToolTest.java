package io.visionops.security.internal.audit.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.security.internal.audit.chain.AuditLog;
import io.visionops.security.internal.audit.chain.Checkpoint;
import io.visionops.security.internal.audit.chain.Content;
import io.visionops.security.internal.audit.chain.KeyFolder;
import io.visionops.security.internal.audit.chain.LogFolder;
import io.visionops.security.internal.audit.chain.LogSettings;
import io.visionops.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditToolTest {

    @TempDir private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-05-01T10:00:00Z"));
    private Path folder;
    private String checkpoint = "";

    @BeforeEach
    void write() throws IOException {
        folder = home.resolve("audit");
        try (AuditLog log =
                AuditLog.open(
                        new LogFolder(folder),
                        new KeyFolder(home.resolve("keys")),
                        LogSettings.DEFAULT,
                        clock,
                        clock,
                        new SecureRandom())) {
            for (int i = 0; i < 10; i++) {
                log.append(
                        new Content(clock.instant(), "user/anna", "test", "a/b", "ok", "no " + i));
            }
            Checkpoint made = log.checkpoint();
            checkpoint = made.text();
        }
    }

    private int run(String... words) {
        out.reset();
        errors.reset();
        return new AuditTool(print(out), print(errors)).run(List.of(words));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream from) {
        return from.toString(StandardCharsets.UTF_8);
    }

    @Test
    void auditThatNobodyChangedEndsWithZero() throws IOException {
        Path mails = Files.createDirectory(home.resolve("mails"));
        Files.writeString(mails.resolve("one"), "Subject: x\n\nsigned " + checkpoint + " end\n");

        int status =
                run(
                        folder.toString(),
                        "--public-key",
                        folder.resolve("device.pub").toString(),
                        "--key",
                        home.resolve("keys/audit-initial.key").toString(),
                        "--checkpoints",
                        mails.toString());

        assertThat(text(out))
                .isEqualTo(
                        "as it was written: lines 1 to 14, 1 epochs sealed, 1 checkpoints from"
                                + " elsewhere, tags verified\n");
        assertThat(status).isZero();
    }

    @Test
    void oneByteThatIsChangedEndsWithOneAndNamesItsLine() throws IOException {
        Path log = log();
        String text = Files.readString(log, StandardCharsets.UTF_8);
        Files.writeString(log, text.replace("no 4", "no 5"), StandardCharsets.UTF_8);

        int status = run(folder.toString());

        assertThat(text(out)).contains("CHANGED edited, line 6, epoch 0: ");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void whatCannotBeVerifiedEndsWithTwoAndOneLine() throws IOException {
        assertThat(run(home.resolve("none").toString())).isEqualTo(2);
        assertThat(text(errors)).contains("is no folder").hasLineCount(1);
        assertThat(run(folder.toString(), "--keys", "x")).isEqualTo(2);
        assertThat(text(errors)).contains("no option --keys").hasLineCount(1);
        assertThat(run()).isEqualTo(2);
    }

    private Path log() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
        }
    }
}
