package io.visionops.security.internal.audit.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a log is when it is opened. For one thread at a time. */
final class LogTail implements LogFolder.LineReader {

    private final Hashes hashes;
    private MerkleTree tree;
    private @Nullable Line last;
    private byte[] lastHash = new byte[Hashes.LENGTH];
    private long firstOfEpoch = 1;
    private int linesOfEpoch;
    private @Nullable Path tornSegment;
    private int tornAt;
    private int tornBytes;

    private LogTail(Hashes hashes, MerkleTree tree) {
        this.hashes = hashes;
        this.tree = tree;
    }

    static LogTail read(LogFolder folder, Hashes hashes) throws IOException {
        LogTail tail = new LogTail(hashes, PruneOrders.read(folder).base(hashes));
        folder.read(tail);
        return tail;
    }

    @Override
    public boolean line(byte[] bytes, int from, int to) {
        lastHash = hashes.leaf(bytes, from, to - from);
        tree.add(lastHash);
        Optional<Line> line = Line.parse(bytes, from, to);
        linesOfEpoch++;
        if (line.isPresent()) {
            last = line.get();
            if (last.kind() == Line.Kind.SEAL) {
                firstOfEpoch = last.seq() + 1;
                linesOfEpoch = 0;
            }
        }
        return true;
    }

    @Override
    public void torn(Path segment, byte[] bytes, int from) {
        tornSegment = segment;
        tornAt = from;
        tornBytes = bytes.length - from;
    }

    Optional<Line> last() {
        return Optional.ofNullable(last);
    }

    long lastSeq() {
        return last == null ? 0 : last.seq();
    }

    /** That is open: the one after the last seal. */
    long epoch() {
        if (last == null) {
            return 0;
        }
        return last.kind() == Line.Kind.SEAL ? last.epoch() + 1 : last.epoch();
    }

    byte[] lastHash() {
        return lastHash;
    }

    MerkleTree tree() {
        return tree;
    }

    long firstOfEpoch() {
        return firstOfEpoch;
    }

    int linesOfEpoch() {
        return linesOfEpoch;
    }

    /** A file with half a line at its end, which a power cut may leave. */
    Optional<Path> tornSegment() {
        return Optional.ofNullable(tornSegment);
    }

    int tornAt() {
        return tornAt;
    }

    int tornBytes() {
        return tornBytes;
    }
}
