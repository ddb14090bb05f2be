package io.visionops.security.internal.audit.chain;

import java.util.ArrayList;
import java.util.List;

/**
 * The root of a Merkle tree (RFC 6962, 2.1) that grows: of what was added only the roots of
 * complete subtrees are kept, one for each bit of the size. For one thread at a time.
 */
public final class MerkleTree {

    private final Hashes hashes;

    /** Roots of complete subtrees, the largest first. */
    private final List<byte[]> subtrees;

    private long size;

    public MerkleTree(Hashes hashes) {
        this(hashes, 0, List.of());
    }

    /**
     * One that goes on where another one was.
     *
     * @param subtrees of that one
     * @throws IllegalArgumentException when they are not those of a tree of that size
     */
    public MerkleTree(Hashes hashes, long size, List<byte[]> subtrees) {
        if (size < 0
                || subtrees.size() != Long.bitCount(size)
                || subtrees.stream().anyMatch(one -> one.length != Hashes.LENGTH)) {
            throw new IllegalArgumentException("no subtrees of a tree of " + size + " leaves");
        }
        this.hashes = hashes;
        this.size = size;
        this.subtrees = new ArrayList<>(subtrees);
    }

    public void add(byte[] leafHash) {
        byte[] right = leafHash;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            right = hashes.node(subtrees.remove(subtrees.size() - 1), right);
        }
        subtrees.add(right);
        size++;
    }

    public long size() {
        return size;
    }

    public List<byte[]> subtrees() {
        return List.copyOf(subtrees);
    }

    /** Of no leaves it is the hash of nothing. */
    public byte[] root() {
        if (subtrees.isEmpty()) {
            return hashes.plain();
        }
        byte[] root = subtrees.get(subtrees.size() - 1);
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            root = hashes.node(subtrees.get(i), root);
        }
        return root;
    }
}
