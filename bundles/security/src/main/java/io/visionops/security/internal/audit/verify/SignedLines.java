package io.visionops.security.internal.audit.verify;

import io.visionops.security.internal.audit.chain.Checkpoint;
import io.visionops.security.internal.audit.chain.DevicePublicKey;
import io.visionops.security.internal.audit.chain.Line;
import io.visionops.security.internal.audit.chain.MerkleTree;
import io.visionops.security.internal.audit.chain.PruneOrder;
import io.visionops.security.internal.audit.verify.Evidence.Copy;
import io.visionops.security.internal.audit.verify.Finding.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares a log with signed checkpoints, its own and copies. For one thread at a time. */
final class SignedLines {

    private final Optional<DevicePublicKey> device;
    private final Deque<Copy> copies;
    private final Findings findings;

    /** Copies that tell of other lines than there are. */
    private final List<Copy> others = new ArrayList<>();

    SignedLines(Optional<DevicePublicKey> device, List<Copy> copies, Findings findings) {
        this.device = device;
        this.findings = findings;
        this.copies =
                new ArrayDeque<>(
                        copies.stream()
                                .sorted(Comparator.comparingLong(one -> one.checkpoint().size()))
                                .toList());
    }

    private boolean isSigned(Checkpoint checkpoint) {
        return device.isEmpty() || checkpoint.isSignedBy(device.get());
    }

    /** A line within the log: a checkpoint of all before it, or an order. */
    void line(Line line, MerkleTree before, boolean untagged) {
        if (line.kind() == Line.Kind.CHECKPOINT) {
            Optional<Checkpoint> parsed = Checkpoint.parse(line.detail());
            if (parsed.isEmpty() || !isSigned(parsed.get())) {
                signature(line, "the checkpoint is not signed by this device", untagged);
            } else if (!findings.anyTampering()
                    && (parsed.get().size() != before.size()
                            || !parsed.get().root().equals(Line.hex(before.root())))) {
                findings.add(
                        Kind.REWRITTEN,
                        line.seq(),
                        line.epoch(),
                        "the checkpoint is about other lines than those before it");
            }
        } else if (line.kind() == Line.Kind.PRUNE) {
            Optional<PruneOrder> order = PruneOrder.parse(line.detail());
            if (order.isEmpty()
                    || device.isPresent()
                            && !device.get()
                                    .hasSigned(order.get().claim(), order.get().signature())) {
                signature(line, "the order to remove lines is not signed by this device", untagged);
            }
        }
    }

    private void signature(Line line, String words, boolean untagged) {
        if (!untagged && !findings.has(Kind.SIGNATURE)) {
            findings.add(Kind.SIGNATURE, line.seq(), line.epoch(), words);
        }
    }

    /** Before each line, and at the end. */
    void compare(MerkleTree tree) {
        while (!copies.isEmpty() && copies.getFirst().checkpoint().size() <= tree.size()) {
            Copy copy = copies.removeFirst();
            // Of lines that were removed long ago there is nothing to compare.
            if (copy.checkpoint().size() == tree.size()
                    && !copy.checkpoint().root().equals(Line.hex(tree.root()))) {
                others.add(copy);
            }
        }
    }

    /** After the last line. */
    void end(MerkleTree tree, String log) {
        Optional<Copy> ofOther =
                Stream.concat(others.stream(), copies.stream())
                        .filter(one -> !one.checkpoint().log().equals(log))
                        .findFirst();
        if (ofOther.isPresent()) {
            tell(ofOther.get(), Kind.STARTED_ANEW, "this is another log than that of a checkpoint");
        } else if (!copies.isEmpty()) {
            tell(
                    copies.getLast(),
                    Kind.ROLLED_BACK,
                    "the log has " + tree.size() + " lines and had more at a checkpoint");
        } else if (!others.isEmpty() && !findings.anyTampering()) {
            tell(
                    others.get(0),
                    Kind.REWRITTEN,
                    "the log does not begin with the lines of a checkpoint");
        }
    }

    private void tell(Copy copy, Kind kind, String words) {
        Checkpoint checkpoint = copy.checkpoint();
        boolean believed = kind == Kind.STARTED_ANEW || isSigned(checkpoint);
        findings.add(
                believed ? kind : Kind.SIGNATURE,
                kind == Kind.STARTED_ANEW ? 1 : Math.max(1, checkpoint.size()),
                checkpoint.epoch(),
                copy.place()
                        + ": "
                        + (believed ? words : "a checkpoint is not signed by this device, the one")
                        + " of "
                        + checkpoint.time()
                        + " with "
                        + checkpoint.size()
                        + " lines");
    }
}
