package io.visionops.inference.internal.motion;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How large a standing person is at each height of the picture, learned from the blobs that are one
 * person by their looks. On a flat ground a person's height grows linearly with the row where the
 * feet are; the line is fitted by the median of pairwise slopes (Theil and Sen), which two in seven
 * wrong observations do not move. Observations are kept by bands of the picture, so that a busy
 * path does not push out a quiet one. Sizes in pixels of the analysed picture. Not thread-safe.
 */
final class PersonSize {

    private static final int BANDS = 8;
    private static final int PER_BAND = 24;
    private static final int LEAST = 24;
    private static final int REFIT_EVERY = 16;

    private final float[] foot = new float[BANDS * PER_BAND];
    private final float[] height = new float[BANDS * PER_BAND];
    private final float[] aspect = new float[BANDS * PER_BAND];
    private final float[] fill = new float[BANDS * PER_BAND];
    private final int[] seen = new int[BANDS];
    private final double pictureHeight;
    private final float[] scratch = new float[BANDS * PER_BAND * 4];
    private int total;
    private boolean known;
    private double slope;
    private double intercept;
    private double medianHeight;
    private double medianAspect;
    private double medianFill;

    PersonSize(int pictureHeight) {
        this.pictureHeight = pictureHeight;
    }

    /** Takes a blob that stands alone and looks like one person. */
    void observe(double footRow, double blobHeight, double blobWidth, double blobFill) {
        int band = (int) Math.min(BANDS - 1, Math.max(0, footRow / pictureHeight * BANDS));
        int slot = band * PER_BAND + seen[band] % PER_BAND;
        foot[slot] = (float) footRow;
        height[slot] = (float) blobHeight;
        aspect[slot] = (float) (blobWidth / blobHeight);
        fill[slot] = (float) blobFill;
        seen[band]++;
        total++;
        if (total >= LEAST && total % REFIT_EVERY == 0) {
            fit();
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(total);
        for (int band = 0; band < BANDS; band++) {
            out.writeInt(seen[band]);
        }
        for (int i = 0; i < foot.length; i++) {
            out.writeFloat(foot[i]);
            out.writeFloat(height[i]);
            out.writeFloat(aspect[i]);
            out.writeFloat(fill[i]);
        }
    }

    /** Goes on from what {@link #write} has written. */
    void read(DataInput in) throws IOException {
        total = in.readInt();
        for (int band = 0; band < BANDS; band++) {
            seen[band] = Math.max(0, in.readInt());
        }
        for (int i = 0; i < foot.length; i++) {
            foot[i] = in.readFloat();
            height[i] = in.readFloat();
            aspect[i] = in.readFloat();
            fill[i] = in.readFloat();
        }
        if (total >= LEAST) {
            fit();
        }
    }

    private void fit() {
        medianHeight = median(height);
        medianAspect = median(aspect);
        medianFill = median(fill);
        int pairs = 0;
        // A fixed, well spread choice of pairs: all of them would be thousands.
        for (int step = 7; step < foot.length && pairs < scratch.length; step += 13) {
            for (int i = 0; i < foot.length && pairs < scratch.length; i++) {
                int j = (i + step) % foot.length;
                if (height[i] > 0
                        && height[j] > 0
                        && Math.abs(foot[i] - foot[j]) > 0.08 * pictureHeight) {
                    scratch[pairs++] = (height[i] - height[j]) / (foot[i] - foot[j]);
                }
            }
        }
        slope = pairs < 2 * LEAST ? 0 : middle(pairs);
        int count = 0;
        for (int i = 0; i < foot.length; i++) {
            if (height[i] > 0) {
                scratch[count++] = (float) (height[i] - slope * foot[i]);
            }
        }
        intercept = middle(count);
        known = true;
    }

    private double median(float[] values) {
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (height[i] > 0) {
                scratch[count++] = values[i];
            }
        }
        return middle(count);
    }

    private double middle(int count) {
        Arrays.sort(scratch, 0, count);
        return scratch[count / 2];
    }

    /** False until enough persons were seen; the sizes mean nothing before. */
    boolean known() {
        return known;
    }

    /** Of a person whose feet are in the given row. */
    double heightAt(double footRow) {
        double line = intercept + slope * footRow;
        return Math.min(3 * medianHeight, Math.max(medianHeight / 3, line));
    }

    /** Of a person whose feet are in the given row. */
    double widthAt(double footRow) {
        return medianAspect * heightAt(footRow);
    }

    /** The share of a person's box that is usually foreground. */
    double fill() {
        return medianFill;
    }
}
