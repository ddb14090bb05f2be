package io.visionops.inference.internal.track;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * IDF1: Ristani et al., "Performance measures and a data set for multi-target, multi-camera
 * tracking" (ECCV Workshops 2016). Every true identity gets at most one found one for the whole
 * video, so that together they overlap in as many frames as possible.
 */
final class Identity {

    private final double minIou;
    private final Map<Long, Map<Long, Integer>> together = new LinkedHashMap<>();
    private int truths;
    private int founds;

    Identity(double minIou) {
        this.minIou = minIou;
    }

    void frame(List<Sample> truth, List<Sample> found) {
        truths += truth.size();
        founds += found.size();
        for (Sample one : truth) {
            for (Sample other : found) {
                if (one.box().iou(other.box()) >= minIou) {
                    together.computeIfAbsent(one.id(), id -> new HashMap<>())
                            .merge(other.id(), 1, Integer::sum);
                }
            }
        }
    }

    /** The harmonic mean of identity precision and identity recall, 1 at best. */
    double idf1() {
        return 2.0 * matched() / (truths + founds);
    }

    private int matched() {
        Map<Long, Integer> columnOf = new HashMap<>();
        together.values()
                .forEach(
                        row ->
                                row.keySet()
                                        .forEach(id -> columnOf.putIfAbsent(id, columnOf.size())));
        double[][] cost = new double[together.size()][columnOf.size()];
        int row = 0;
        for (Map<Long, Integer> frames : together.values()) {
            for (Map.Entry<Long, Integer> entry : frames.entrySet()) {
                cost[row][columnOf.get(entry.getKey())] = -entry.getValue();
            }
            row++;
        }
        int[] columns = new Assignment().solve(cost, cost.length, columnOf.size(), 0);
        int sum = 0;
        for (int i = 0; i < cost.length; i++) {
            sum -= columns[i] == Assignment.NONE ? 0 : (int) cost[i][columns[i]];
        }
        return sum;
    }
}
