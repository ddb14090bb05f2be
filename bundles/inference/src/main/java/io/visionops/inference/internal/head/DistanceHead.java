package io.visionops.inference.internal.head;

import io.visionops.inference.internal.image.InputForm;
import io.visionops.inference.internal.image.InputSize;
import io.visionops.inference.internal.image.Letterbox;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * NanoDet and PicoDet: for each cell of three or four grids the scores of the classes and, for each
 * side of the box, a distribution over its distance from the cell (Generalized Focal Loss, Li and
 * others 2020).
 *
 * @param levels one for each grid, in the order of the strides
 * @param bins values of a side's distribution
 * @param centred distances are measured from the middle of a cell, else from its corner
 * @param logits scores are not yet probabilities
 */
public record DistanceHead(
        int width,
        int height,
        List<GridLevel> levels,
        int classes,
        int bins,
        boolean centred,
        boolean logits)
        implements Head {

    public DistanceHead {
        levels = List.copyOf(levels);
    }

    /**
     * All grids in one output: three in NanoDet, whose cells are centred, four in its Plus. Or two
     * outputs a grid: three grids in NanoDet, four in PicoDet.
     */
    static Optional<FamilyMatch> recognise(ModelOutput output) {
        Optional<GridLayout> stacked = GridLayout.inOneTensor(output);
        if (stacked.isPresent()) {
            boolean plus = stacked.get().levels().size() == 4;
            return Optional.of(match("nanodet", output.size(), stacked.get(), !plus));
        }
        return GridLayout.inTensorPairs(output)
                .map(
                        pairs -> {
                            boolean pico = pairs.levels().size() == 4;
                            String family = pico ? "picodet" : "nanodet";
                            return match(family, output.size(), pairs, true);
                        });
    }

    private static FamilyMatch match(
            String family, InputSize size, GridLayout layout, boolean centred) {
        // Those with four grids are trained on pictures that were stretched.
        Letterbox.Placing placing =
                layout.levels().size() == 4
                        ? Letterbox.Placing.STRETCHED
                        : Letterbox.Placing.CENTRE;
        return new FamilyMatch(
                family,
                InputForm.imageNet(placing),
                new DistanceHead(
                        size.width(),
                        size.height(),
                        layout.levels(),
                        layout.classes(),
                        GridLayout.BINS,
                        centred,
                        layout.logits()),
                0.6,
                FamilyMatch.NOT_LOOKED_AT);
    }

    @Override
    public void decode(List<FloatBuffer> outputs, float least, Candidates into) {
        double limit = logits ? Math.log(least / (1 - least)) : least;
        for (GridLevel level : levels) {
            FloatBuffer scores = outputs.get(level.scores());
            FloatBuffer sides = outputs.get(level.sides());
            int columns = level.cells(width);
            int count = columns * level.cells(height);
            for (int cell = 0; cell < count; cell++) {
                int row = level.row() + cell;
                int at = row * level.scoreStride();
                int best = Rows.best(scores, at, classes);
                float score = scores.get(at + best);
                if (score >= limit) {
                    double sure = logits ? Rows.sigmoid(score) : score;
                    int side = row * level.sideStride() + level.sideOffset();
                    add(level, cell % columns, cell / columns, sides, side, sure, best, into);
                }
            }
        }
    }

    private void add(
            GridLevel level,
            int column,
            int row,
            FloatBuffer sides,
            int at,
            double score,
            int label,
            Candidates into) {
        double middle = centred ? 0.5 : 0;
        double x = (column + middle) * level.stride();
        double y = (row + middle) * level.stride();
        into.add(
                x - Rows.expectation(sides, at, bins) * level.stride(),
                y - Rows.expectation(sides, at + bins, bins) * level.stride(),
                x + Rows.expectation(sides, at + 2 * bins, bins) * level.stride(),
                y + Rows.expectation(sides, at + 3 * bins, bins) * level.stride(),
                score,
                label);
    }
}
