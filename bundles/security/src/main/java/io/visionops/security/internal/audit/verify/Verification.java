package io.visionops.security.internal.audit.verify;

import io.visionops.security.internal.audit.chain.DevicePublicKey;
import io.visionops.security.internal.audit.chain.Hashes;
import io.visionops.security.internal.audit.chain.Head;
import io.visionops.security.internal.audit.chain.Line;
import io.visionops.security.internal.audit.chain.MerkleTree;
import io.visionops.security.internal.audit.chain.PruneOrder;
import io.visionops.security.internal.audit.chain.PruneOrders;
import io.visionops.security.internal.audit.verify.Finding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One walk through the lines of a log. For one thread at a time. */
final class Verification {

    /** A time server moves a clock by less. */
    private static final Duration STEP = Duration.ofMinutes(1);

    private final Hashes hashes;
    private final Evidence evidence;
    private final Optional<Head> head;
    private final LineIndex index;
    private final Findings findings;
    private final TagCheck tags;
    private final LineOrder order;
    private final SignedLines signed;
    private final MerkleTree tree;
    private final long firstSeq;

    private int lines;
    private long epoch;
    private long firstOfEpoch;
    private long linesOfEpoch;
    private long sealedEpochs;
    private boolean reseal;
    private @Nullable Line lastLine;

    Verification(
            Hashes hashes,
            Evidence evidence,
            Optional<DevicePublicKey> device,
            Optional<Head> head,
            PruneOrders orders,
            LineIndex index,
            Findings findings) {
        this.hashes = hashes;
        this.evidence = evidence;
        this.head = head;
        this.index = index;
        this.findings = findings;
        tags = new TagCheck(evidence.initial(), hashes);
        tree = orders.base(hashes);
        firstSeq = orders.firstSeq();
        signed = new SignedLines(device, evidence.copies(), findings);
        order = new LineOrder(index, findings);
        begin(orders, device);
    }

    private void begin(PruneOrders orders, Optional<DevicePublicKey> device) {
        firstOfEpoch = 1;
        Optional<PruneOrder> order = orders.ofBeginning();
        boolean firstIsElsewhere = order.isEmpty() && index.comesAfter(0, 1);
        if (firstSeq <= 1 || firstIsElsewhere) {
            return;
        }
        firstOfEpoch = firstSeq;
        if (order.isEmpty()) {
            findings.add(
                    Kind.BEGINNING,
                    1,
                    -1,
                    "lines 1 to " + (firstSeq - 1) + " are missing, and no order says so");
            this.order.beginAnywhere(firstSeq);
            epoch = -1;
            return;
        }
        PruneOrder found = order.get();
        if (device.isPresent() && !device.get().hasSigned(found.claim(), found.signature())) {
            findings.add(
                    Kind.BEGINNING,
                    1,
                    -1,
                    "the order to remove lines 1 to "
                            + found.size()
                            + " is not signed by this device");
        } else {
            findings.add(
                    Kind.PRUNED,
                    0,
                    -1,
                    "lines 1 to " + found.size() + " were removed under an order");
        }
        epoch = found.epoch();
        this.order.begin(firstSeq, found.prev());
    }

    int lines() {
        return lines;
    }

    void line(byte[] bytes, int from, int to) {
        byte[] leaf = hashes.leaf(bytes, from, to - from);
        signed.compare(tree);
        Optional<Line> parsed = Line.parse(bytes, from, to);
        int at = lines++;
        if (parsed.isEmpty()) {
            findings.add(Kind.EDITED, order.expected(), epoch, "it cannot be read");
            order.unread(Line.hex(leaf));
            linesOfEpoch++;
        } else {
            line(parsed.get(), at, Line.hex(leaf), bytes, from, to);
        }
        tree.add(leaf);
    }

    private void line(Line line, int at, String leaf, byte[] bytes, int from, int to) {
        boolean untagged = !tags.isRight(line.epoch(), line.tag(), bytes, from, to);
        LineOrder.Place place = order.place(line, at, leaf, untagged);
        if (place == LineOrder.Place.SKIPPED) {
            return;
        }
        if (untagged) {
            wrongTag(line, bytes, from, to);
        }
        if (place == LineOrder.Place.MOVED || epoch < 0) {
            if (line.epoch() != epoch) {
                firstOfEpoch = line.seq();
                linesOfEpoch = 0;
            }
            epoch = line.epoch();
        }
        epochOf(line);
        linesOfEpoch++;
        signed.line(line, tree, untagged);
        if (line.kind() == Line.Kind.DAMAGE) {
            findings.add(Kind.DAMAGE, line.seq(), line.epoch(), line.detail());
        }
        if (line.kind() == Line.Kind.SEAL) {
            seal(line);
        }
        headAt(line, leaf);
        clock(line);
        lastLine = line;
    }

    private void wrongTag(Line line, byte[] bytes, int from, int to) {
        if (reseal) {
            return;
        }
        long latest = Math.max(evidence.keyEpoch().orElse(0), index.size());
        long later =
                findings.anyTampering()
                        ? -1
                        : tags.laterEpoch(line.epoch(), latest, line.tag(), bytes, from, to);
        if (later >= 0) {
            reseal = true;
            findings.add(
                    Kind.RESEALED,
                    line.seq(),
                    line.epoch(),
                    "its tag was made with the key of epoch " + later);
        } else {
            findings.add(
                    Kind.EDITED,
                    order.expected() - 1,
                    epoch,
                    "its tag is not that of what it says");
        }
    }

    private void epochOf(Line line) {
        if (line.epoch() == epoch) {
            return;
        }
        if (!findings.latestIsAbout(line.seq())) {
            if (line.seq() == 1) {
                findings.add(
                        Kind.STARTED_ANEW,
                        1,
                        line.epoch(),
                        "the first line is of epoch " + line.epoch() + ": an earlier log is gone");
            } else if (line.epoch() > epoch) {
                findings.add(
                        Kind.CUT_AND_CONTINUED,
                        line.seq(),
                        epoch,
                        "epochs "
                                + epoch
                                + " to "
                                + (line.epoch() - 1)
                                + " end or are missing here");
            } else {
                findings.add(
                        Kind.SEAL,
                        line.seq(),
                        line.epoch(),
                        "its epoch was sealed before this line");
            }
        }
        epoch = line.epoch();
        firstOfEpoch = line.seq();
        linesOfEpoch = 0;
    }

    private void seal(Line line) {
        String claim = "first=" + firstOfEpoch + " lines=" + linesOfEpoch + " ";
        if (!line.detail().startsWith(claim) && !findings.anyTampering()) {
            findings.add(
                    Kind.SEAL,
                    line.seq(),
                    line.epoch(),
                    "it seals " + line.detail() + ", and there are " + claim);
        }
        sealedEpochs++;
        epoch = line.epoch() + 1;
        firstOfEpoch = line.seq() + 1;
        linesOfEpoch = 0;
    }

    private void headAt(Line line, String leaf) {
        if (head.filter(one -> one.seq() == line.seq() && !one.hash().equals(leaf)).isPresent()
                && !findings.latestIsAbout(line.seq())) {
            findings.add(
                    Kind.EDITED, line.seq(), line.epoch(), "the head names another line than this");
        }
    }

    private void clock(Line line) {
        Line before = lastLine;
        if (before == null) {
            return;
        }
        Instant expected = before.time();
        if (line.boot().equals(before.boot())) {
            expected = expected.plusNanos(line.nanos() - before.nanos());
        }
        if (line.time().isBefore(expected.minus(STEP))
                || line.boot().equals(before.boot()) && line.time().isAfter(expected.plus(STEP))) {
            findings.add(
                    Kind.CLOCK_STEP,
                    line.seq(),
                    line.epoch(),
                    "the clock went from " + before.time() + " to " + line.time());
        }
    }

    /** After the last line. */
    void end() {
        signed.compare(tree);
        long last = order.expected() - 1;
        signed.end(tree, lastLine == null ? "" : lastLine.log());
        head.filter(one -> one.seq() > last)
                .ifPresent(
                        one ->
                                findings.add(
                                        Kind.TRUNCATED,
                                        last + 1,
                                        epoch,
                                        "lines "
                                                + (last + 1)
                                                + " to "
                                                + one.seq()
                                                + " are missing"));
        evidence.keyEpoch().ifPresent(this::keyOf);
        if (index.isTornWithin()) {
            findings.add(Kind.EDITED, last, epoch, "there is half a line with others after it");
        } else if (index.tornBytes() > 0) {
            findings.add(
                    Kind.TORN_TAIL,
                    last + 1,
                    epoch,
                    index.tornBytes() + " bytes of a line that was not finished");
        }
    }

    private void keyOf(long keyEpoch) {
        if (keyEpoch > epoch) {
            findings.add(
                    Kind.TRUNCATED,
                    order.expected(),
                    epoch,
                    "epochs " + epoch + " to " + (keyEpoch - 1) + " are missing at the end");
        }
    }

    VerificationReport report(boolean complete) {
        return new VerificationReport(
                lines,
                firstSeq,
                order.expected() - 1,
                sealedEpochs,
                tags.isPossible(),
                findings.list(),
                complete);
    }
}
