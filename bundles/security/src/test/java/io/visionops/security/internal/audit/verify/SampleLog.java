package io.visionops.security.internal.audit.verify;

import io.visionops.security.internal.audit.chain.AuditLog;
import io.visionops.security.internal.audit.chain.Content;
import io.visionops.security.internal.audit.chain.DevicePublicKey;
import io.visionops.security.internal.audit.chain.EpochKey;
import io.visionops.security.internal.audit.chain.Hashes;
import io.visionops.security.internal.audit.chain.KeyFolder;
import io.visionops.security.internal.audit.chain.Line;
import io.visionops.security.internal.audit.chain.LogFolder;
import io.visionops.security.internal.audit.chain.LogSettings;
import io.visionops.security.internal.audit.verify.Evidence.Copy;
import io.visionops.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;

/** A log in a folder, with all that an attacker or a program may do to it. */
final class SampleLog {

    static final LogSettings SETTINGS = new LogSettings(6, Duration.ofMinutes(1), 4_000, false);

    final Path root;
    final ManualClock clock = new ManualClock(Instant.parse("2026-05-01T10:00:00Z"));
    final List<Copy> copies = new ArrayList<>();

    /** The first key, which has left the device. */
    Optional<EpochKey> initial = Optional.empty();

    Optional<DevicePublicKey> device = Optional.empty();

    SampleLog(Path root) {
        this.root = root;
    }

    /** A copy of another one, to be attacked. */
    SampleLog(SampleLog other, Path root) throws IOException {
        this.root = root;
        copyTree(other.root, root);
        copies.addAll(other.copies);
        initial = other.initial;
        device = other.device;
        clock.advance(Duration.between(clock.instant(), other.clock.instant()));
    }

    static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path target = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(target);
                } else {
                    Files.write(target, Files.readAllBytes(one));
                }
            }
        }
    }

    LogFolder folder() {
        return new LogFolder(root.resolve("audit"));
    }

    KeyFolder keys() {
        return new KeyFolder(root.resolve("keys"));
    }

    AuditLog open() throws IOException {
        AuditLog log = AuditLog.open(folder(), keys(), SETTINGS, clock, clock, new SecureRandom());
        if (initial.isEmpty()) {
            initial = keys().initial();
            keys().forgetInitial();
            device = Optional.of(log.publicKey());
        }
        return log;
    }

    /** Some epochs of it, empty ones among them, in several starts. */
    SampleLog fill(Random random) throws IOException {
        int starts = 1 + random.nextInt(3);
        for (int start = 0; start < starts; start++) {
            AuditLog log = open();
            write(log, 10 + random.nextInt(30), random);
            copies.add(new Copy(log.checkpoint(), "the database"));
            if (start < starts - 1 && random.nextBoolean()) {
                log.close();
            } else {
                log.abandon();
            }
        }
        return this;
    }

    void write(AuditLog log, int steps, Random random) throws IOException {
        for (int i = 0; i < steps; i++) {
            clock.advance(Duration.ofSeconds(random.nextInt(40)));
            log.tick();
            switch (random.nextInt(8)) {
                case 0 -> copies.add(new Copy(log.checkpoint(), "the database"));
                case 1 -> clock.advance(Duration.ofSeconds(61));
                default -> log.append(content(random));
            }
        }
    }

    private Content content(Random random) {
        return new Content(
                clock.instant(),
                "user/anna",
                "command",
                "camera/front-" + random.nextInt(100),
                "ok",
                "camera-add\tfront\n" + "x".repeat(random.nextInt(60)));
    }

    VerificationReport verify(boolean withKey, boolean withCopies) throws IOException {
        return Verifier.verify(
                folder(),
                new Evidence(
                        withKey ? initial : Optional.empty(),
                        device,
                        keys().epoch()
                                .map(key -> OptionalLong.of(key.epoch()))
                                .orElse(OptionalLong.empty()),
                        withCopies ? copies : List.of()),
                () -> false);
    }

    List<byte[]> lines() throws IOException {
        List<byte[]> lines = new ArrayList<>();
        folder().read((bytes, from, to) -> lines.add(Arrays.copyOfRange(bytes, from, to)));
        return lines;
    }

    List<Line> parsed() throws IOException {
        return lines().stream().map(one -> Line.parse(one, 0, one.length).orElseThrow()).toList();
    }

    /** Puts others in the place of all lines. */
    void put(List<byte[]> lines) throws IOException {
        List<Path> segments = folder().segments();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            all.write(line);
            all.write('\n');
        }
        for (Path segment : segments) {
            Files.delete(segment);
        }
        Files.write(folder().segment(1), all.toByteArray());
    }

    void putHead(Line line) throws IOException {
        Files.writeString(
                folder().head(),
                String.format(
                        java.util.Locale.ROOT,
                        "%012d %012d %s%n",
                        line.epoch(),
                        line.seq(),
                        Line.hex(new Hashes().leaf(line.bytes()))),
                StandardCharsets.US_ASCII);
    }
}
