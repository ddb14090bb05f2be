package io.visionops.security.internal.audit.chain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The orders to remove old lines that a log holds, and which of them says where it begins.
 *
 * @param firstSeq of the first line that is there; 0 where there is none
 */
public record PruneOrders(long firstSeq, List<PruneOrder> orders) {

    public static PruneOrders read(LogFolder folder) throws IOException {
        List<PruneOrder> orders = new ArrayList<>();
        long[] first = new long[1];
        folder.read(
                (bytes, from, to) -> {
                    if (first[0] == 0) {
                        first[0] = Line.parse(bytes, from, to).map(Line::seq).orElse(1L);
                    }
                    // Most logs begin with their first line.
                    if (first[0] != 1 && isOrder(bytes, from, to)) {
                        Line.parse(bytes, from, to)
                                .flatMap(line -> PruneOrder.parse(line.detail()))
                                .ifPresent(orders::add);
                    }
                    return first[0] != 1;
                });
        return new PruneOrders(first[0], orders);
    }

    /** The third field says so; to read all fields of all lines takes longer. */
    private static boolean isOrder(byte[] bytes, int from, int to) {
        int tabs = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\t' && ++tabs == 2) {
                return to > i + 2 && bytes[i + 1] == 'P' && bytes[i + 2] == '\t';
            }
        }
        return false;
    }

    /** The one by which the lines before the first one were removed. */
    public Optional<PruneOrder> ofBeginning() {
        return orders.stream().filter(one -> one.size() == firstSeq - 1).findFirst();
    }

    /** The tree of the lines that were removed. */
    public MerkleTree base(Hashes hashes) {
        return ofBeginning()
                .filter(one -> one.subtrees().size() == Long.bitCount(one.size()))
                .map(one -> new MerkleTree(hashes, one.size(), one.subtrees()))
                .orElseGet(() -> new MerkleTree(hashes));
    }
}
