package io.visionops.backup.internal;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupStatus;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.backup.internal.destination.RetentionRule;
import io.visionops.backup.internal.destination.TargetFolder;
import io.visionops.backup.internal.key.BackupKey;
import io.visionops.backup.internal.key.KeyFile;
import io.visionops.backup.internal.work.BackupJournal;
import io.visionops.backup.internal.work.DataFolder;
import io.visionops.backup.internal.work.Maker;
import io.visionops.backup.internal.work.Restorer;
import io.visionops.backup.internal.work.Stages;
import io.visionops.backup.internal.work.Trial;
import io.visionops.support.WholeFile;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;

/**
 * A program that makes full backups and increments, removes old ones, changes the key and restores,
 * and says what is proven and what is restored.
 */
final class BackupWorkload {

    static final String CAMERA = "etc/io.visionops.camera-front.cfg";
    static final String MODEL = "models/person.onnx";

    /** Two full ones and as many increments. */
    private static final RetentionRule KEPT = new RetentionRule(2, 0, 2);

    private static final Actor ANNA = Actor.user("anna");
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final int ROUNDS = 3;

    private final Path data;
    private final Path database;
    private final ManualClock clock = new ManualClock(NOON);
    private final BackupPart part;

    private BackupWorkload(Path data) throws IOException {
        this.data = data;
        database = database(data);
        rows(0);
        write(CAMERA, "url = rtsp://front/0\n");
        write(MODEL, "weights".repeat(3000));
        SecureRandom random = new SecureRandom();
        Stages stages = new Stages(clock);
        DataFolder folder = folder(data);
        Trial trial = trial(data);
        BackupSettings settings =
                new BackupSettings(
                        target(data).folder(),
                        keyFile(data),
                        Optional.empty(),
                        Duration.ZERO,
                        KEPT);
        part =
                new BackupPart(
                        () -> settings,
                        now -> new Schedule(now.daily(), Duration.ZERO, ZoneOffset.UTC, NOON),
                        new Maker(
                                folder, new FakeDatabase(database), "1.0.0", random, clock, stages),
                        trial,
                        new Restorer(folder, new FakeDatabase(database), trial, clock, stages),
                        new BackupJournal(data.resolve("backup"), clock, Ticker.system(), random),
                        stages,
                        random,
                        clock);
    }

    /** Not in the folder that is recorded: how it is written is another matter. */
    static Path database(Path data) {
        return data.resolveSibling("visionops.db");
    }

    static Path keyFile(Path data) {
        return data.resolve("keys/backup.key");
    }

    static TargetFolder target(Path data) {
        return new TargetFolder(data.resolve("backups"));
    }

    static DataFolder folder(Path data) {
        return new DataFolder(
                data, data.resolve("etc"), () -> Optional.of(data.resolve("keys/master.key")));
    }

    static Trial trial(Path data) {
        return new Trial(
                folder(data), new FakeDatabase(database(data)), new Stages(new ManualClock(NOON)));
    }

    static BackupKey key(Path data, String id) throws BackupException {
        return new KeyFile(keyFile(data), new SecureRandom())
                .find(id)
                .orElseThrow(() -> new BackupException("the key " + id + " is gone"));
    }

    public static void main(String[] arguments) throws Exception {
        new BackupWorkload(Path.of(arguments[0])).run();
        System.exit(0);
    }

    private void run() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            write(CAMERA, "url = rtsp://front/" + round + "\n");
            part.now(ANNA);
            proven();
            rows(round);
            clock.advance(Duration.ofHours(1));
            part.increment(ANNA);
            String newest = proven();
            if (round == 2) {
                part.rotateKey(ANNA);
                say("key " + key());
            }
            write(CAMERA, "url = rtsp://elsewhere/" + round + "\n");
            write(MODEL, "other " + round);
            clock.advance(Duration.ofHours(1));
            part.restore(newest, Optional.empty(), ANNA);
            awaitEnd();
            say("restored " + round);
            clock.advance(Duration.ofDays(1));
        }
    }

    private String key() throws BackupException {
        return new KeyFile(keyFile(data), new SecureRandom()).readOrMake().id();
    }

    private String proven() throws Exception {
        awaitEnd();
        String id = part.list().get(0).id();
        say("proven " + id);
        return id;
    }

    private void awaitEnd() throws InterruptedException {
        while (!part.status().stage().isOver() || part.isBusy()) {
            Thread.onSpinWait();
        }
        BackupStatus status = part.status();
        if (status.stage() != BackupStatus.Stage.DONE) {
            throw new IllegalStateException(status.toString());
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8), true);
    }

    private void rows(int seed) throws IOException {
        StringBuilder text = new StringBuilder();
        Random random = new Random(seed);
        for (int i = 0; i < 5000 + 100 * seed; i++) {
            text.append(i < 4000 ? "row " + i : "row " + random.nextInt()).append('\n');
        }
        Files.writeString(database, text);
    }

    private static void say(String what) {
        System.out.println(what);
    }
}
