package io.visionops.ingest.internal.tamper;

/**
 * Where a camera's pictures have which edges, averaged over time, so that what passes fades and
 * what stays remains. Used by one thread.
 */
final class EdgeMap {

    private final int columns;
    private final int rows;
    private final float[] even;
    private final float[] odd;

    EdgeMap(int columns, int rows) {
        this(columns, rows, new float[columns * rows], new float[columns * rows]);
    }

    EdgeMap(int columns, int rows, float[] even, float[] odd) {
        this.columns = columns;
        this.rows = rows;
        this.even = even;
        this.odd = odd;
    }

    boolean fits(Cells cells) {
        return cells.columns() == columns && cells.rows() == rows;
    }

    EdgeMap copy() {
        return new EdgeMap(columns, rows, even.clone(), odd.clone());
    }

    /** Moves towards a picture by {@code share} of the way, 0..1. */
    void approach(float[] newEven, float[] newOdd, float share) {
        for (int i = 0; i < even.length; i++) {
            even[i] += share * (newEven[i] - even[i]);
            odd[i] += share * (newOdd[i] - odd[i]);
        }
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    float[] even() {
        return even;
    }

    float[] odd() {
        return odd;
    }
}
