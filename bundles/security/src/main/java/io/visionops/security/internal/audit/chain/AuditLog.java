package io.visionops.security.internal.audit.chain;

import io.visionops.api.time.Ticker;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The log that is written: each line holds the hash of the one before and a tag by the key of its
 * epoch, which is gone when the epoch is over (ADR 97). For one thread at a time; whatever it does
 * waits for the disk.
 */
public final class AuditLog implements AutoCloseable {

    private static final Duration LATE = Duration.ofSeconds(2);

    private final LogFolder folder;
    private final KeyFolder keys;
    private final LogSettings settings;
    private final Clock clock;
    private final Ticker ticker;
    private final Hashes hashes;
    private final DeviceKey device;
    private final String log;
    private final String boot;
    private final Optional<Instant> leftAt;
    private final SegmentWriter writer;
    private final MerkleTree tree;

    private EpochKey key;
    private boolean keyIsKept = true;
    private long seq;
    private byte[] lastHash;
    private long firstOfEpoch;
    private int linesOfEpoch;
    private long epochSince;

    private AuditLog(
            LogFolder folder,
            KeyFolder keys,
            LogSettings settings,
            Clock clock,
            Ticker ticker,
            Hashes hashes,
            DeviceKey device,
            SegmentWriter writer,
            LogOpening opening,
            LogTail tail,
            String boot) {
        this.folder = folder;
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
        this.ticker = ticker;
        this.hashes = hashes;
        this.device = device;
        this.writer = writer;
        this.boot = boot;
        log = opening.log();
        key = opening.key();
        leftAt = tail.last().map(Line::time);
        tree = tail.tree();
        seq = tail.lastSeq();
        lastHash = tail.lastHash();
        firstOfEpoch = tail.firstOfEpoch();
        linesOfEpoch = tail.linesOfEpoch();
        epochSince = ticker.nanos();
    }

    /**
     * Goes on with the log of a folder, or begins one. What it finds wrong is written down as the
     * first lines, and is no reason to stop.
     *
     * @throws IOException when it cannot be read or written, or somebody else has it open
     */
    public static AuditLog open(
            LogFolder folder,
            KeyFolder keys,
            LogSettings settings,
            Clock clock,
            Ticker ticker,
            SecureRandom random)
            throws IOException {
        folder.create();
        SegmentWriter writer = SegmentWriter.open(folder, settings.synced());
        try {
            Hashes hashes = new Hashes();
            DeviceKey device = keys.device();
            folder.writePublicKey(device.known());
            LogTail tail = LogTail.read(folder, hashes);
            LogOpening opening = LogOpening.of(folder, keys, tail, hashes, random);
            writer.goOn(tail);
            String boot = Line.identity(random);
            AuditLog log =
                    new AuditLog(
                            folder, keys, settings, clock, ticker, hashes, device, writer, opening,
                            tail, boot);
            log.begin(opening, tail);
            return log;
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private void begin(LogOpening opening, LogTail tail) throws IOException {
        for (String damage : opening.damage()) {
            write(Line.Kind.DAMAGE, own("audit-damage", "failed", damage));
        }
        if (tail.tornBytes() > 0) {
            write(
                    Line.Kind.RECORD,
                    own(
                            "audit-torn-tail",
                            "noticed",
                            tail.tornBytes() + " bytes of a line that was not finished"));
        }
        String gap =
                tail.last()
                        .map(
                                last ->
                                        (isStop(last) ? "stopped" : "not stopped in order")
                                                + ", last line at "
                                                + last.time())
                        .orElse("the first start");
        write(Line.Kind.RECORD, own("audit-start", "ok", gap));
    }

    /** An orderly stop is a record and its seal. */
    private static boolean isStop(Line last) {
        return last.kind() == Line.Kind.SEAL && last.detail().endsWith(" stop");
    }

    private Content own(String action, String outcome, String detail) {
        return Content.own(clock.instant(), action, outcome, detail);
    }

    public String log() {
        return log;
    }

    public DevicePublicKey publicKey() {
        return device.known();
    }

    /** Of the last line. */
    public long seq() {
        return seq;
    }

    /** When the line was written that was the last one when this was opened. */
    public Optional<Instant> leftAt() {
        return leftAt;
    }

    public long epoch() {
        return key.epoch();
    }

    /** Returns the number of its line, which is on the disk. */
    public long append(Content content) throws IOException {
        long number = write(Line.Kind.RECORD, content);
        if (linesOfEpoch >= settings.epochLines()) {
            seal("count");
        }
        return number;
    }

    /** Ends the epoch when its time is over, whether or not anything was written in it. */
    public void tick() throws IOException {
        if (Duration.ofNanos(ticker.nanos() - epochSince).compareTo(settings.epochTime()) >= 0) {
            seal("time");
        }
    }

    private void seal(String why) throws IOException {
        int lines = linesOfEpoch + 1;
        write(
                Line.Kind.SEAL,
                own("audit-seal", "ok", "first=" + firstOfEpoch + " lines=" + lines + " " + why));
        EpochKey next = key.next(hashes);
        key.erase();
        key = next;
        keyIsKept = false;
        firstOfEpoch = seq + 1;
        linesOfEpoch = 0;
        epochSince = ticker.nanos();
        keepKey();
        writer.endEpoch(settings.segmentBytes());
    }

    /** A key that could not be kept is tried again before the next line. */
    private void keepKey() throws IOException {
        if (!keyIsKept) {
            keys.put(key);
            keyIsKept = true;
        }
    }

    /** Signs what the log is now, and writes that into it. */
    public Checkpoint checkpoint() throws IOException {
        Checkpoint made =
                new Checkpoint(
                                log,
                                tree.size(),
                                Line.hex(tree.root()),
                                key.epoch(),
                                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                                "")
                        .signed(device);
        write(Line.Kind.CHECKPOINT, own("audit-checkpoint", "ok", made.text()));
        return made;
    }

    /**
     * Removes the oldest file, when all in it is older than a time, under a signed order. One at a
     * time: wherever a crash comes between, what is left begins where an order says.
     *
     * @return whether one was removed
     */
    public boolean prune(Instant before) throws IOException {
        Optional<OldestSegment> oldest = OldestSegment.before(folder, before, hashes);
        if (oldest.isEmpty()) {
            return false;
        }
        PruneOrder order = oldest.get().order(log).signed(device);
        write(Line.Kind.PRUNE, own("audit-prune", "ok", order.text()));
        oldest.get().remove();
        return true;
    }

    private long write(Line.Kind kind, Content content) throws IOException {
        keepKey();
        Instant now = clock.instant();
        // What waited, as a login while the part was swapped.
        boolean late = Duration.between(content.time(), now).abs().compareTo(LATE) > 0;
        Line line =
                new Line(
                        seq + 1,
                        key.epoch(),
                        kind,
                        log,
                        boot,
                        ticker.nanos(),
                        now.truncatedTo(ChronoUnit.MILLIS),
                        content.actor(),
                        content.action(),
                        content.object(),
                        content.outcome(),
                        content.detail() + (late ? "; happened at " + content.time() : ""),
                        Line.hex(lastHash),
                        "");
        byte[] bytes = line.tagged(key.tag(line.body())).bytes();
        long foreign = writer.append(seq + 1, bytes);
        seq++;
        linesOfEpoch++;
        lastHash = hashes.leaf(bytes);
        tree.add(lastHash);
        writer.head(new Head(key.epoch(), seq, Line.hex(lastHash)));
        if (foreign != 0) {
            write(
                    Line.Kind.DAMAGE,
                    own(
                            "audit-damage",
                            "failed",
                            "before line "
                                    + seq
                                    + " somebody else has changed the length of the file by "
                                    + foreign
                                    + " bytes"));
        }
        return line.seq();
    }

    /** Seals the last epoch. */
    @Override
    public void close() throws IOException {
        try (writer) {
            write(Line.Kind.RECORD, own("audit-stop", "ok", ""));
            seal("stop");
        }
        key.erase();
    }

    /** Gives the files back without a word, as a crash does. */
    public void abandon() {
        writer.close();
    }
}
