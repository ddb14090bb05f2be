package io.visionops.store.internal.repair;

import io.visionops.support.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write-ahead log of a database that was not closed in order. SQLite reads it up to the first
 * frame whose checksum does not hold, and forgets the rest without a word: that is right for a
 * transaction that a power cut has torn, and wrong for a bit that was flipped in one of a hundred
 * that were acknowledged. Each commit is on the disk before the next one begins, so there is at
 * most one torn transaction, the last: where another commit follows, the log is damaged. Its
 * checksums are then made anew, so that all of it is read, and what is in the damaged frame is left
 * to the checksums of rows.
 */
public final class LogRepair {

    private static final Logger LOG = LoggerFactory.getLogger(LogRepair.class);

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682;
    private static final int VERSION = 3_007_000;

    /** Bytes of a log that is read into memory; it is cut to 64 MiB. */
    private static final long LARGEST = 512L << 20;

    private final Path file;
    private final int pageSize;
    private final ByteBuffer log;
    private final ByteOrder order;

    private LogRepair(Path file, int pageSize, ByteBuffer log) {
        this.file = file;
        this.pageSize = pageSize;
        this.log = log;
        order = (log.getInt(0) & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /**
     * Mends the log where it is damaged.
     *
     * @param database that the log belongs to
     * @return what was wrong; empty when all of it is sound or only its end is torn
     */
    public static Optional<String> run(Path database) throws IOException {
        Path file = database.resolveSibling(database.getFileName() + "-wal");
        if (!Files.isRegularFile(file) || Files.notExists(database)) {
            return Optional.empty();
        }
        long size = Files.size(file);
        int pageSize = pageSize(database);
        if (size < HEADER + FRAME_HEADER + pageSize || size > LARGEST || pageSize == 0) {
            return Optional.empty();
        }
        return new LogRepair(file, pageSize, ByteBuffer.wrap(Files.readAllBytes(file))).mend();
    }

    /** Of the head of the file; 0 when that is none. */
    private static int pageSize(Path database) throws IOException {
        try (InputStream in = Files.newInputStream(database)) {
            byte[] head = in.readNBytes(100);
            if (head.length < 100) {
                return 0;
            }
            int size = ByteBuffer.wrap(head).getShort(16) & 0xffff;
            int bytes = size == 1 ? 65_536 : size;
            return Integer.bitCount(bytes) == 1 && bytes >= 512 ? bytes : 0;
        }
    }

    private Optional<String> mend() throws IOException {
        if (isHeadSound() && log.getInt(8) != pageSize) {
            // Then it is the head of the file that is damaged.
            return Optional.empty();
        }
        long salts = salts();
        int frames = frames(salts);
        int bad = firstBad(salts, frames);
        if (bad < 0 || commits(bad, frames) < 2) {
            return Optional.empty();
        }
        Path kept = file.resolveSibling("quarantine").resolve(file.getFileName() + ".damaged");
        Files.createDirectories(kept.getParent());
        WholeFile.write(kept, new ByteArrayInputStream(log.array().clone()));
        rewrite(salts, frames);
        WholeFile.write(file, new ByteArrayInputStream(log.array()));
        String words =
                "the write-ahead log was damaged "
                        + (bad == 0 ? "at its start" : "in frame " + bad)
                        + " of "
                        + frames;
        LOG.error("{}: its checksums are made anew", words);
        return Optional.of(words);
    }

    private boolean isHeadSound() {
        int[] sum = checksum(0, 24, new int[2]);
        return (log.getInt(0) & ~1) == MAGIC
                && log.getInt(4) == VERSION
                && sum[0] == log.getInt(24)
                && sum[1] == log.getInt(28);
    }

    private int at(int frame) {
        return HEADER + (frame - 1) * (FRAME_HEADER + pageSize);
    }

    /** Two numbers of this generation of the log: those that most of its first frames have. */
    private long salts() {
        Map<Long, Integer> votes = new HashMap<>();
        votes.put(log.getLong(16), 1);
        int all = (log.limit() - HEADER) / (FRAME_HEADER + pageSize);
        for (int i = 1; i <= Math.min(all, 3); i++) {
            votes.merge(log.getLong(at(i) + 8), 1, Integer::sum);
        }
        long best = log.getLong(16);
        for (Map.Entry<Long, Integer> vote : votes.entrySet()) {
            if (vote.getValue() > votes.getOrDefault(best, 0)) {
                best = vote.getKey();
            }
        }
        return best;
    }

    /** Up to the last one of this generation; behind it lie those of the one before. */
    private int frames(long salts) {
        int all = (log.limit() - HEADER) / (FRAME_HEADER + pageSize);
        int last = 0;
        for (int i = 1; i <= all; i++) {
            if (log.getLong(at(i) + 8) == salts) {
                last = i;
            }
        }
        return last;
    }

    /** 0: the head of the log; -1: none. */
    private int firstBad(long salts, int frames) {
        if (!isHeadSound() || log.getLong(16) != salts) {
            return 0;
        }
        int[] sum = checksum(0, 24, new int[2]);
        for (int i = 1; i <= frames; i++) {
            sum = frameSum(i, sum);
            if (log.getLong(at(i) + 8) != salts
                    || sum[0] != log.getInt(at(i) + 16)
                    || sum[1] != log.getInt(at(i) + 20)) {
                return i;
            }
        }
        return -1;
    }

    private int[] frameSum(int frame, int[] before) {
        return checksum(at(frame) + FRAME_HEADER, pageSize, checksum(at(frame), 8, before));
    }

    /** Frames from one on that end a transaction. */
    private int commits(int from, int frames) {
        int commits = 0;
        for (int i = Math.max(1, from); i <= frames; i++) {
            commits += log.getInt(at(i) + 4) != 0 ? 1 : 0;
        }
        return commits;
    }

    private void rewrite(long salts, int frames) {
        log.putInt(0, MAGIC | (order == ByteOrder.BIG_ENDIAN ? 1 : 0));
        log.putInt(4, VERSION);
        log.putInt(8, pageSize);
        log.putLong(16, salts);
        int[] sum = checksum(0, 24, new int[2]);
        log.putInt(24, sum[0]).putInt(28, sum[1]);
        for (int i = 1; i <= frames; i++) {
            log.putLong(at(i) + 8, salts);
            sum = frameSum(i, sum);
            log.putInt(at(i) + 16, sum[0]);
            log.putInt(at(i) + 20, sum[1]);
        }
    }

    /** As the format of the log says; each sum goes on from the one before. */
    private int[] checksum(int from, int length, int[] before) {
        ByteBuffer words = log.duplicate().order(order);
        int first = before[0];
        int second = before[1];
        for (int i = from; i < from + length; i += 8) {
            first += words.getInt(i) + second;
            second += words.getInt(i + 4) + first;
        }
        return new int[] {first, second};
    }
}
