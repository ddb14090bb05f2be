package io.visionops.inference.internal.head;

import io.visionops.inference.internal.image.InputSize;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the values of three or four grids lie in what NanoDet and PicoDet put out.
 *
 * @param levels one for each grid, in the order of the strides
 * @param logits scores are not yet probabilities
 */
record GridLayout(List<GridLevel> levels, int classes, boolean logits) {

    /** Of a distribution over the distances 0 to 7 strides. */
    static final int BINS = 8;

    private static final int SIDES = 4 * BINS;
    private static final int FEWEST = 3;
    private static final int MOST = 4;

    GridLayout {
        levels = List.copyOf(levels);
    }

    /** All grids beneath each other in one tensor, whose rows are scores and sides. */
    static Optional<GridLayout> inOneTensor(ModelOutput output) {
        return output.only(3)
                .flatMap(
                        table ->
                                ClassNames.plausible(table.at(2) - SIDES)
                                        .flatMap(classes -> stacked(output, table, classes)));
    }

    private static Optional<GridLayout> stacked(
            ModelOutput output, TensorShape table, int classes) {
        int width = classes + SIDES;
        List<GridLevel> levels = new ArrayList<>();
        int rows = 0;
        while (levels.size() < MOST) {
            int stride = stride(levels.size());
            levels.add(new GridLevel(stride, 0, 0, rows, width, width, classes));
            rows += cells(output.size(), stride);
            if (levels.size() >= FEWEST && rows == table.at(1)) {
                boolean logits = logits(output.values().get(0), rows, width, classes);
                return Optional.of(new GridLayout(levels, classes, logits));
            }
        }
        return Optional.empty();
    }

    /** Two tensors for each grid, one of scores and one of sides. */
    static Optional<GridLayout> inTensorPairs(ModelOutput output) {
        List<TensorShape> shapes = output.shapes();
        int grids = shapes.size() / 2;
        if (shapes.size() % 2 != 0 || grids < FEWEST || grids > MOST) {
            return Optional.empty();
        }
        List<GridLevel> levels = new ArrayList<>();
        int classes = 0;
        boolean logits = false;
        for (int i = 0; i < grids; i++) {
            int cells = cells(output.size(), stride(i));
            int sides = find(shapes, cells, SIDES, true);
            int scores = find(shapes, cells, SIDES, false);
            if (scores < 0 && sides >= 0) {
                // As many classes as side values: scores come first.
                int[] both = both(shapes, cells);
                scores = both[0];
                sides = both[1];
            }
            if (scores < 0 || sides < 0) {
                return Optional.empty();
            }
            Optional<Integer> width = ClassNames.plausible(lastDimension(shapes.get(scores)));
            if (width.isEmpty() || (classes > 0 && classes != width.get())) {
                return Optional.empty();
            }
            classes = width.get();
            logits |= logits(output.values().get(scores), cells, classes, classes);
            levels.add(new GridLevel(stride(i), scores, sides, 0, classes, SIDES, 0));
        }
        return Optional.of(new GridLayout(levels, classes, logits));
    }

    /** Index of the first output of so many rows that is, or is not, so wide; -1: there is none. */
    private static int find(List<TensorShape> shapes, int rows, int width, boolean soWide) {
        for (int i = 0; i < shapes.size(); i++) {
            if (rows(shapes.get(i)) == rows && (lastDimension(shapes.get(i)) == width) == soWide) {
                return i;
            }
        }
        return -1;
    }

    private static int[] both(List<TensorShape> shapes, int rows) {
        int[] found = {-1, -1};
        int count = 0;
        for (int i = 0; i < shapes.size() && count < 2; i++) {
            if (rows(shapes.get(i)) == rows) {
                found[count++] = i;
            }
        }
        return found;
    }

    private static long rows(TensorShape shape) {
        return shape.rank() == 3 && shape.at(0) == 1 ? shape.at(1) : -1;
    }

    private static long lastDimension(TensorShape shape) {
        return shape.at(shape.rank() - 1);
    }

    private static int stride(int grid) {
        return 8 << grid;
    }

    private static int cells(InputSize size, int stride) {
        return GridLevel.cells(size.width(), stride) * GridLevel.cells(size.height(), stride);
    }

    private static boolean logits(FloatBuffer values, int rows, int width, int classes) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < classes; i++) {
                float value = values.get(row * width + i);
                if (value < 0 || value > 1) {
                    return true;
                }
            }
        }
        return false;
    }
}
