package io.visionops.inference.internal.head;

import java.util.Arrays;

/**
 * Boxes that a model proposes for one frame, and which of them stay when those that show the same
 * object are dropped (greedy non-maximum suppression, each class for itself). Reused from frame to
 * frame; not thread-safe.
 */
public final class Candidates {

    /** More than that are never objects; the best of what came is kept. */
    private static final int MOST = 4096;

    private float[] x1 = new float[256];
    private float[] y1 = new float[256];
    private float[] x2 = new float[256];
    private float[] y2 = new float[256];
    private float[] score = new float[256];
    private int[] label = new int[256];
    private boolean[] dropped = new boolean[256];
    private long[] order = new long[256];
    private int count;

    public void clear() {
        count = 0;
    }

    /** Takes a box in any unit, as long as all are in the same; what is no box is left out. */
    void add(double left, double top, double right, double bottom, double howSure, int which) {
        boolean box = right > left && bottom > top && right - left < Float.MAX_VALUE;
        if (!box || !(howSure <= Float.MAX_VALUE) || count == MOST) {
            return;
        }
        if (count == score.length) {
            grow();
        }
        x1[count] = (float) left;
        y1[count] = (float) top;
        x2[count] = (float) right;
        y2[count] = (float) bottom;
        score[count] = (float) Math.min(1, howSure);
        label[count] = which;
        count++;
    }

    private void grow() {
        int size = count * 2;
        x1 = Arrays.copyOf(x1, size);
        y1 = Arrays.copyOf(y1, size);
        x2 = Arrays.copyOf(x2, size);
        y2 = Arrays.copyOf(y2, size);
        score = Arrays.copyOf(score, size);
        label = Arrays.copyOf(label, size);
        dropped = new boolean[size];
        order = new long[size];
    }

    /**
     * Drops every box that overlaps a better one of its class.
     *
     * @param most intersection over union up to which both stay, 0..1
     * @param mostContained intersection over the smaller box up to which both stay; 1 or more: not
     *     looked at. Finds what a tile's edge cut off
     */
    public void suppress(double most, double mostContained) {
        Arrays.fill(dropped, 0, count, false);
        for (int i = 0; i < count; i++) {
            // Positive floats order like their bits: best first, then as they came.
            order[i] = ((long) ~Float.floatToIntBits(score[i]) << 32) | i;
        }
        Arrays.sort(order, 0, count);
        for (int a = 0; a < count; a++) {
            int i = (int) order[a];
            if (!dropped[i]) {
                for (int b = a + 1; b < count; b++) {
                    int j = (int) order[b];
                    if (!dropped[j] && label[j] == label[i] && same(i, j, most, mostContained)) {
                        dropped[j] = true;
                    }
                }
            }
        }
    }

    private boolean same(int i, int j, double most, double mostContained) {
        double w = Math.min(x2[i], x2[j]) - Math.max(x1[i], x1[j]);
        double h = Math.min(y2[i], y2[j]) - Math.max(y1[i], y1[j]);
        if (w <= 0 || h <= 0) {
            return false;
        }
        double shared = w * h;
        double a = area(i);
        double b = area(j);
        return shared > most * (a + b - shared) || shared > mostContained * Math.min(a, b);
    }

    public double area(int i) {
        return (double) (x2[i] - x1[i]) * (y2[i] - y1[i]);
    }

    public int count() {
        return count;
    }

    /** True when the box was not dropped by the last suppression. */
    public boolean stays(int i) {
        return !dropped[i];
    }

    public double x1(int i) {
        return x1[i];
    }

    public double y1(int i) {
        return y1[i];
    }

    public double x2(int i) {
        return x2[i];
    }

    public double y2(int i) {
        return y2[i];
    }

    public double score(int i) {
        return score[i];
    }

    /** Index of the class. */
    public int label(int i) {
        return label[i];
    }

    /** Moves and scales the boxes from {@code from} on: each edge times a factor plus a shift. */
    public void map(int from, double scaleX, double shiftX, double scaleY, double shiftY) {
        for (int i = from; i < count; i++) {
            x1[i] = (float) (x1[i] * scaleX + shiftX);
            x2[i] = (float) (x2[i] * scaleX + shiftX);
            y1[i] = (float) (y1[i] * scaleY + shiftY);
            y2[i] = (float) (y2[i] * scaleY + shiftY);
        }
    }
}
