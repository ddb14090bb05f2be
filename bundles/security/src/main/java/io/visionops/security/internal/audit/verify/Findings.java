package io.visionops.security.internal.audit.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects findings, each kind once a line. For one thread at a time. */
final class Findings {

    static final int MOST = 100;

    private final List<Finding> all = new ArrayList<>();
    private final Set<Finding.Kind> kinds = new HashSet<>();
    private long latestSeq = -1;

    void add(Finding.Kind kind, long seq, long epoch, String words) {
        Finding finding = new Finding(kind, seq, epoch, words);
        if (finding.isTampering()) {
            latestSeq = seq;
        }
        kinds.add(kind);
        if (all.size() < MOST) {
            all.add(finding);
        }
    }

    boolean has(Finding.Kind kind) {
        return kinds.contains(kind);
    }

    /** Was the latest one about this line? */
    boolean latestIsAbout(long seq) {
        return latestSeq == seq;
    }

    boolean anyTampering() {
        return latestSeq >= 0;
    }

    List<Finding> list() {
        return List.copyOf(all);
    }
}
