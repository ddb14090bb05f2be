package io.visionops.security.internal.audit.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The oldest file of a log that may go.
 *
 * @param last its last line, a seal
 * @param lastHash of that line
 * @param tree of all lines up to that one
 */
record OldestSegment(Path file, Line last, byte[] lastHash, MerkleTree tree) {

    /** Files that stay however old they are: the last ones tell the present state. */
    private static final int KEPT = 2;

    static Optional<OldestSegment> before(LogFolder folder, Instant time, Hashes hashes)
            throws IOException {
        List<Path> segments = folder.segments();
        if (segments.size() <= KEPT) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(segments.get(0));
        MerkleTree tree = PruneOrders.read(folder).base(hashes);
        byte[] hash = new byte[Hashes.LENGTH];
        Optional<Line> last = Optional.empty();
        int from = 0;
        for (int to = 0; to < bytes.length; to++) {
            if (bytes[to] == '\n') {
                hash = hashes.leaf(bytes, from, to - from);
                tree.add(hash);
                last = Line.parse(bytes, from, to);
                // A clock that was set back later: what is young by any line stays.
                if (last.isEmpty() || !last.get().time().isBefore(time)) {
                    return Optional.empty();
                }
                from = to + 1;
            }
        }
        byte[] lastHash = hash;
        return last.filter(line -> line.kind() == Line.Kind.SEAL && line.seq() == tree.size())
                .map(line -> new OldestSegment(segments.get(0), line, lastHash, tree));
    }

    PruneOrder order(String log) {
        return new PruneOrder(
                log, tree.size(), Line.hex(lastHash), last.epoch() + 1, tree.subtrees(), "");
    }

    void remove() throws IOException {
        SegmentWriter.remove(file);
    }
}
