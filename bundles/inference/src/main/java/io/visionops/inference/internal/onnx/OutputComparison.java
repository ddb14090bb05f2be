package io.visionops.inference.internal.onnx;

import io.visionops.inference.internal.head.Candidates;
import io.visionops.inference.internal.head.Head;
import io.visionops.inference.internal.image.InputSize;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Whether a model found the same in a picture with and without grey beside it. Boxes are compared
 * before those that show one object are dropped, down to scores at which there are enough: how sure
 * a model is of a synthetic picture does not matter, only that it sees the same.
 */
final class OutputComparison {

    private static final int ENOUGH = 50;
    private static final int TOO_FEW = 10;
    private static final float FIRST_SCORE = 0.5f;
    private static final float LAST_SCORE = 1e-6f;
    private static final double SAME_BOX = 0.7;

    /** Correct are 0.96 to 1 (YOLOX-nano), decoded with the wrong grid at most 0.34. */
    private static final double SAME_PICTURE = 0.8;

    private final InputSize picture;

    /**
     * @param picture the part of the inputs that both show
     */
    OutputComparison(InputSize picture) {
        this.picture = picture;
    }

    /**
     * @param whole reads {@code wholeValues}, the answer to the picture with grey beside it
     * @param part reads {@code partValues}, the answer to the picture alone
     */
    boolean alike(
            Head whole, List<FloatBuffer> wholeValues, Head part, List<FloatBuffer> partValues) {
        float least = FIRST_SCORE;
        Candidates expected = decode(whole, wholeValues, least);
        while (inside(expected) < ENOUGH && least > LAST_SCORE) {
            least /= 2;
            expected = decode(whole, wholeValues, least);
        }
        return inside(expected) >= TOO_FEW
                && found(expected, decode(part, partValues, least / 2))
                && found(decode(part, partValues, least), decode(whole, wholeValues, least / 2));
    }

    private static Candidates decode(Head head, List<FloatBuffer> values, float least) {
        Candidates candidates = new Candidates();
        head.decode(values, least, candidates);
        return candidates;
    }

    private int inside(Candidates candidates) {
        int count = 0;
        for (int i = 0; i < candidates.count(); i++) {
            if (inside(candidates, i)) {
                count++;
            }
        }
        return count;
    }

    /** Its centre is. */
    private boolean inside(Candidates candidates, int i) {
        double x = (candidates.x1(i) + candidates.x2(i)) / 2;
        double y = (candidates.y1(i) + candidates.y2(i)) / 2;
        return x >= 0 && x < picture.width() && y >= 0 && y < picture.height();
    }

    private boolean found(Candidates expected, Candidates seen) {
        int count = 0;
        int same = 0;
        for (int i = 0; i < expected.count(); i++) {
            if (inside(expected, i)) {
                count++;
                if (isAmong(expected, i, seen)) {
                    same++;
                }
            }
        }
        return same >= SAME_PICTURE * count;
    }

    private static boolean isAmong(Candidates one, int i, Candidates others) {
        for (int j = 0; j < others.count(); j++) {
            double width = Math.min(one.x2(i), others.x2(j)) - Math.max(one.x1(i), others.x1(j));
            double height = Math.min(one.y2(i), others.y2(j)) - Math.max(one.y1(i), others.y1(j));
            if (width > 0 && height > 0) {
                double shared = width * height;
                double both = one.area(i) + others.area(j) - shared;
                if (shared > SAME_BOX * both) {
                    return true;
                }
            }
        }
        return false;
    }
}
