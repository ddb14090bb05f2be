package io.visionops.inference.internal.track;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CLEAR MOT: Bernardin and Stiefelhagen, "Evaluating multiple object tracking performance" (EURASIP
 * Journal on Image and Video Processing, 2008). A pair of the frame before stays while it overlaps
 * enough; the rest is paired so that as many as possible are paired, at the largest overlap.
 */
final class Clear {

    private final double minIou;
    private final Assignment assignment = new Assignment();
    private final Map<Long, Long> foundOfTruth = new HashMap<>();
    private int truths;
    private int matches;
    private int misses;
    private int falsePositives;
    private int switches;
    private double overlap;

    Clear(double minIou) {
        this.minIou = minIou;
    }

    void frame(List<Sample> truth, List<Sample> found) {
        double[][] cost = new double[truth.size()][found.size()];
        for (int row = 0; row < truth.size(); row++) {
            for (int column = 0; column < found.size(); column++) {
                cost[row][column] = cost(truth.get(row), found.get(column));
            }
        }

        int[] columns = assignment.solve(cost, truth.size(), found.size(), ALONE);

        int matched = 0;
        for (int row = 0; row < truth.size(); row++) {
            if (columns[row] != Assignment.NONE) {
                matched++;
                match(truth.get(row), found.get(columns[row]));
            }
        }
        truths += truth.size();
        matches += matched;
        misses += truth.size() - matched;
        falsePositives += found.size() - matched;
    }

    /** So far above a pair's cost that no pair is given up for a better overlap elsewhere. */
    private static final double ALONE = 1e3;

    /** So far below that no pair of the frame before is given up for two new ones. */
    private static final double KEPT = -1e6;

    private double cost(Sample truth, Sample found) {
        double iou = truth.box().iou(found.box());
        if (iou < minIou) {
            return Double.POSITIVE_INFINITY;
        }
        Long before = foundOfTruth.get(truth.id());
        return before != null && before == found.id() ? KEPT - iou : 1 - iou;
    }

    private void match(Sample truth, Sample found) {
        Long before = foundOfTruth.put(truth.id(), found.id());
        if (before != null && before != found.id()) {
            switches++;
        }
        overlap += truth.box().iou(found.box());
    }

    /** 1 at best; misses, false positives and identity switches by the number of true objects. */
    double mota() {
        return 1 - (double) (misses + falsePositives + switches) / truths;
    }

    /** Mean overlap of the pairs. */
    double motp() {
        return overlap / matches;
    }

    double precision() {
        return (double) matches / (matches + falsePositives);
    }

    double recall() {
        return (double) matches / truths;
    }

    int misses() {
        return misses;
    }

    int falsePositives() {
        return falsePositives;
    }

    int switches() {
        return switches;
    }
}
