package io.visionops.inference.internal.head;

/**
 * Where a grid's values lie. A model may put out one tensor for all or two for each grid.
 *
 * @param scores output with the scores
 * @param sides output with the distributions
 * @param row first row of this grid
 * @param scoreStride values from one row to the next
 * @param sideStride values from one row to the next
 * @param sideOffset where in a row the distributions begin
 */
public record GridLevel(
        int stride,
        int scores,
        int sides,
        int row,
        int scoreStride,
        int sideStride,
        int sideOffset) {

    /** Cells along an edge; a rest counts, as the networks pad. */
    public static int cells(int size, int stride) {
        return (size + stride - 1) / stride;
    }

    int cells(int size) {
        return cells(size, stride);
    }
}
