package io.visionops.security.internal.audit;

import io.visionops.security.internal.audit.chain.AuditLog;
import io.visionops.security.internal.audit.chain.Checkpoint;
import io.visionops.security.internal.audit.chain.Content;
import io.visionops.security.internal.audit.chain.KeyFolder;
import io.visionops.security.internal.audit.chain.LogFolder;
import io.visionops.security.internal.audit.chain.LogSettings;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * A program that writes an audit, with epochs, checkpoints and old files that are removed, in some
 * starts, and says what is on the disk.
 */
final class AuditWorkload {

    static final Instant BEGIN = Instant.parse("2026-05-01T10:00:00Z");

    /** Small epochs and files, synced as they are in use. */
    private static final LogSettings SETTINGS =
            new LogSettings(6, Duration.ofMinutes(1), 4_000, true);

    private static final int STARTS = 4;
    private static final int STEPS = 40;

    private AuditWorkload() {}

    static LogFolder folder(Path root) {
        return new LogFolder(root.resolve("audit"));
    }

    static KeyFolder keys(Path root) {
        return new KeyFolder(root.resolve("keys"));
    }

    static CheckpointCopies copies(Path root) {
        return new CheckpointCopies(root.resolve("watchdog/audit-checkpoints.txt"));
    }

    static AuditLog open(Path root, ManualClock clock) throws IOException {
        return AuditLog.open(folder(root), keys(root), SETTINGS, clock, clock, new SecureRandom());
    }

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        Random random = new Random(97);
        ManualClock clock = new ManualClock(BEGIN);
        for (int start = 0; start < STARTS; start++) {
            AuditLog log = open(root, clock);
            if (start == 0) {
                say("key " + KeyFolder.text(keys(root).initial().orElseThrow()).strip());
                say("device " + log.publicKey().text());
                say("line " + log.seq());
                keys(root).forgetInitial();
            }
            write(root, log, clock, random);
            if (start % 2 == 0) {
                log.close();
            } else {
                log.abandon();
            }
        }
    }

    private static void write(Path root, AuditLog log, ManualClock clock, Random random)
            throws IOException {
        for (int i = 0; i < STEPS; i++) {
            clock.advance(Duration.ofSeconds(random.nextInt(40)));
            log.tick();
            switch (random.nextInt(10)) {
                case 0 -> {
                    Checkpoint made = log.checkpoint();
                    copies(root).add(made);
                    say("checkpoint " + made.text());
                }
                case 1 -> log.prune(clock.instant().minus(Duration.ofMinutes(20)));
                default ->
                        say(
                                "line "
                                        + log.append(
                                                new Content(
                                                        clock.instant(),
                                                        "user/anna",
                                                        "command",
                                                        "camera/front",
                                                        "ok",
                                                        "x".repeat(random.nextInt(900)))));
            }
        }
    }

    private static void say(String what) {
        System.out.println(what);
    }
}
