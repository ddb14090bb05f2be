package io.visionops.inference.internal.track;

import java.util.Arrays;

/**
 * Pairs rows with columns at the least total cost, where a row may also stay alone for a price. The
 * Hungarian method in the shortest augmenting path form of Jonker and Volgenant, "A shortest
 * augmenting path algorithm for dense and sparse linear assignment problems" (Computing 38, 1987),
 * O(rows² · (rows + columns)). Keeps its memory for the next problem. Used by one thread.
 */
public final class Assignment {

    /** The row or column that a partner array names when there is none. */
    public static final int NONE = -1;

    private static final double UNREACHED = Double.POSITIVE_INFINITY;

    private double[] rowPrice = {};
    private double[] columnPrice = {};
    private double[] distance = {};
    private int[] before = {};
    private int[] rowOfColumn = {};
    private boolean[] settled = {};
    private int[] columnOfRow = {};

    /**
     * Solves one problem.
     *
     * @param cost at least {@code rows} by {@code columns}; any value above {@code alone} forbids a
     *     pair
     * @param alone what it costs to leave a row without a column: pairs at or above are never made
     * @return the column of each row or {@link #NONE}; valid until the next call, may be longer
     *     than {@code rows}
     */
    public int[] solve(double[][] cost, int rows, int columns, double alone) {
        reserve(rows, columns);
        for (int row = 0; row < rows; row++) {
            augment(cost, row, rows, columns, alone);
        }
        Arrays.fill(columnOfRow, 0, rows, NONE);
        for (int column = 0; column < columns; column++) {
            int row = rowOfColumn[column];
            if (row != NONE && cost[row][column] < alone) {
                columnOfRow[row] = column;
            }
        }
        return columnOfRow;
    }

    private void reserve(int rows, int columns) {
        // Behind the real columns each row has one of its own, to be alone in.
        int all = columns + rows;
        if (distance.length < all) {
            columnPrice = new double[all];
            distance = new double[all];
            before = new int[all];
            rowOfColumn = new int[all];
            settled = new boolean[all];
        }
        if (columnOfRow.length < rows) {
            rowPrice = new double[rows];
            columnOfRow = new int[rows];
        }
        Arrays.fill(columnPrice, 0, all, 0);
        Arrays.fill(rowOfColumn, 0, all, NONE);
        Arrays.fill(rowPrice, 0, rows, 0);
    }

    /** Finds a column for one more row along the cheapest path of reassignments. */
    private void augment(double[][] cost, int start, int rows, int columns, double alone) {
        int all = columns + rows;
        Arrays.fill(distance, 0, all, UNREACHED);
        Arrays.fill(settled, 0, all, false);
        int row = start;
        int last = NONE;
        double reached = 0;
        while (true) {
            int nearest = NONE;
            for (int column = 0; column < all; column++) {
                if (settled[column]) {
                    continue;
                }
                double step = price(cost, row, column, columns, alone);
                double length = reached + step - rowPrice[row] - columnPrice[column];
                if (length < distance[column]) {
                    distance[column] = length;
                    before[column] = last;
                }
                if (nearest == NONE || distance[column] < distance[nearest]) {
                    nearest = column;
                }
            }
            reached = distance[nearest];
            settled[nearest] = true;
            last = nearest;
            if (rowOfColumn[nearest] == NONE) {
                break;
            }
            row = rowOfColumn[nearest];
        }
        reprice(start, all, reached);
        for (int column = last; column != NONE; column = before[column]) {
            int previous = before[column];
            rowOfColumn[column] = previous == NONE ? start : rowOfColumn[previous];
        }
    }

    private void reprice(int start, int all, double reached) {
        rowPrice[start] += reached;
        for (int column = 0; column < all; column++) {
            if (settled[column] && rowOfColumn[column] != NONE) {
                double slack = reached - distance[column];
                columnPrice[column] -= slack;
                rowPrice[rowOfColumn[column]] += slack;
            }
        }
    }

    private static double price(double[][] cost, int row, int column, int columns, double alone) {
        if (column < columns) {
            // Finite, so that differences of prices stay numbers.
            return Math.min(cost[row][column], Math.abs(alone) * 2 + 1e6);
        }
        return column - columns == row ? alone : Math.abs(alone) * 2 + 1e6;
    }
}
