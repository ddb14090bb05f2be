package io.visionops.inference.internal.detector;

import io.visionops.api.detect.Detection;
import io.visionops.inference.internal.track.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well boxes fit the truth: area under the curve of precision over recall, precision made
 * monotonic (PASCAL VOC since 2010), and the score limit with the best F1. Every detection, the
 * surest first, takes the true box of its frame that it overlaps best and nobody has taken.
 */
final class AveragePrecision {

    private record Rated(double score, boolean right) {}

    private final double minIou;
    private final List<Rated> rated = new ArrayList<>();
    private int truths;

    AveragePrecision(double minIou) {
        this.minIou = minIou;
    }

    void frame(List<Sample> truth, List<Detection> found) {
        truths += truth.size();
        List<Sample> free = new ArrayList<>(truth);
        found.stream()
                .sorted((a, b) -> Double.compare(b.score(), a.score()))
                .forEach(one -> rated.add(new Rated(one.score(), free.remove(best(free, one)))));
    }

    private Sample best(List<Sample> free, Detection one) {
        Sample best = null;
        double most = minIou;
        for (Sample sample : free) {
            double iou = sample.box().iou(one.box());
            if (iou >= most) {
                most = iou;
                best = sample;
            }
        }
        return best;
    }

    /**
     * The result.
     *
     * @param limit score from which on detections are taken for the other three
     */
    record Result(double average, double precision, double recall, double limit) {

        double f1() {
            return 2 * precision * recall / (precision + recall);
        }

        String row(String detector) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.3f | %.3f | %.3f | %.3f | %.2f |",
                    detector,
                    average,
                    f1(),
                    precision,
                    recall,
                    limit);
        }
    }

    Result result() {
        rated.sort((a, b) -> Double.compare(b.score(), a.score()));
        double[] precision = new double[rated.size()];
        double[] recall = new double[rated.size()];
        int right = 0;
        Result best = new Result(0, 0, 0, 1);
        for (int i = 0; i < rated.size(); i++) {
            right += rated.get(i).right() ? 1 : 0;
            precision[i] = (double) right / (i + 1);
            recall[i] = (double) right / truths;
            Result here = new Result(0, precision[i], recall[i], rated.get(i).score());
            if (right > 0 && (best.recall() == 0 || here.f1() > best.f1())) {
                best = here;
            }
        }
        double average = 0;
        double most = 0;
        for (int i = rated.size() - 1; i >= 0; i--) {
            most = Math.max(most, precision[i]);
            average += most * (recall[i] - (i > 0 ? recall[i - 1] : 0));
        }
        return new Result(average, best.precision(), best.recall(), best.limit());
    }
}
