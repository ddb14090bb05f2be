package io.visionops.inference.internal.motion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes objects of foreground pixels. Regions that lie closer together than the parts of one body
 * are taken together: a head that came off, legs on both sides of a lamp post. What is then as
 * large as a person at that place is one object. What is larger is covered greedily with windows of
 * a person's size, the fullest first, as long as a window holds enough foreground that no other has
 * claimed; that splits groups and finds who stands behind whom. Solid shapes much wider than a
 * person, vehicles, stay whole.
 *
 * <p>What a person's size is, is learned from what stands alone ({@link PersonSize}); until then a
 * region is an object. Not thread-safe.
 */
final class BlobFinder {

    /** Regions smaller than this share of the picture are noise. */
    private static final double LEAST_REGION = 0.0001;

    /** The least object before sizes are known, as a share of the picture. */
    private static final double LEAST_OBJECT = 0.0008;

    /** The least object once they are, as a share of a person's box. */
    private static final double LEAST_PERSON = 0.18;

    /** Parts of one body are closer than these shares of a person's width and height. */
    private static final double GAP_ACROSS = 0.15;

    private static final double GAP_ALONG = 0.2;

    /** Up to these multiples of a person's size it is one. */
    private static final double SINGLE_WIDTH = 1.3;

    private static final double SINGLE_HEIGHT = 1.3;

    /** From this multiple of a person's width on, and that full, it is no group of people. */
    private static final double SOLID_WIDTH = 2.2;

    private static final double SOLID_HEIGHT = 1.35;
    private static final double SOLID_FILL = 0.78;

    /** A window with less than this share of a person's usual foreground holds nobody. */
    private static final double LEAST_WINDOW = 0.55;

    /** Windows are compared by their middle, where a body is and its neighbour is not. */
    private static final double CORE = 0.8;

    private static final int MOST_WINDOWS = 16;

    /** A cluster that large is a change of light or something right before the lens. */
    private static final double LARGE = 0.25;

    private static final double LARGE_SCORE = 0.3;

    private final int width;
    private final int height;
    private final Regions regions = new Regions();
    private final PersonSize size;
    private final byte[] unclaimed;
    private final int[] sums;
    private int[] cluster = new int[64];

    BlobFinder(int width, int height) {
        this.width = width;
        this.height = height;
        this.size = new PersonSize(height);
        this.unclaimed = new byte[width * height];
        this.sums = new int[(width + 1) * (height + 1)];
    }

    /** What a person's size is here. */
    PersonSize size() {
        return size;
    }

    /**
     * @param foreground a byte per pixel, not 0 where something moves
     */
    List<Blob> find(byte[] foreground) {
        regions.find(foreground, width, height, Math.max(6, (int) (LEAST_REGION * width * height)));
        int count = regions.count();
        if (count == 0) {
            return List.of();
        }
        gather(count);
        List<Blob> blobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (cluster[i] == i) {
                addCluster(foreground, i, count, blobs);
            }
        }
        return blobs;
    }

    private void gather(int count) {
        if (cluster.length < count) {
            cluster = new int[count * 2];
        }
        for (int i = 0; i < count; i++) {
            cluster[i] = i;
        }
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                if (cluster[i] != cluster[j] && near(i, j)) {
                    int from = cluster[j];
                    int to = cluster[i];
                    for (int k = 0; k < count; k++) {
                        if (cluster[k] == from) {
                            cluster[k] = to;
                        }
                    }
                }
            }
        }
        // Each cluster is named after its first region.
        for (int i = 0; i < count; i++) {
            for (int k = 0; k <= i; k++) {
                if (cluster[k] == cluster[i]) {
                    cluster[i] = k;
                    break;
                }
            }
        }
    }

    private boolean near(int i, int j) {
        double across =
                Math.max(regions.left(i), regions.left(j))
                        - Math.min(regions.right(i), regions.right(j));
        double along =
                Math.max(regions.top(i), regions.top(j))
                        - Math.min(regions.bottom(i), regions.bottom(j));
        if (size.known()) {
            double foot = Math.max(regions.bottom(i), regions.bottom(j));
            return across < GAP_ACROSS * size.widthAt(foot)
                    && along < GAP_ALONG * size.heightAt(foot);
        }
        int narrower =
                Math.min(regions.right(i) - regions.left(i), regions.right(j) - regions.left(j));
        int taller =
                Math.max(regions.bottom(i) - regions.top(i), regions.bottom(j) - regions.top(j));
        return across < -0.5 * narrower && along < 0.2 * taller;
    }

    private void addCluster(byte[] foreground, int name, int count, List<Blob> blobs) {
        int x1 = width;
        int y1 = height;
        int x2 = 0;
        int y2 = 0;
        int area = 0;
        for (int i = name; i < count; i++) {
            if (cluster[i] == name) {
                x1 = Math.min(x1, regions.left(i));
                y1 = Math.min(y1, regions.top(i));
                x2 = Math.max(x2, regions.right(i));
                y2 = Math.max(y2, regions.bottom(i));
                area += regions.area(i);
            }
        }
        int w = x2 - x1;
        int h = y2 - y1;
        double fill = (double) area / (w * h);
        if (!size.known()) {
            if (area >= LEAST_OBJECT * width * height) {
                blobs.add(new Blob(x1, y1, x2, y2, Math.min(1, 0.5 + fill / 2)));
                learn(x1, y1, x2, y2, fill);
            }
            return;
        }
        double personHeight = size.heightAt(y2);
        double personWidth = size.widthAt(y2);
        double person = personHeight * personWidth;
        if (area < LEAST_PERSON * person) {
            return;
        }
        double score = Math.min(1, area / (person * size.fill()));
        if (w < SINGLE_WIDTH * personWidth && h < SINGLE_HEIGHT * personHeight) {
            blobs.add(new Blob(x1, y1, x2, y2, score));
            learn(x1, y1, x2, y2, fill);
        } else if (area > LARGE * width * height) {
            blobs.add(new Blob(x1, y1, x2, y2, LARGE_SCORE));
        } else if (w > SOLID_WIDTH * personWidth
                && h < SOLID_HEIGHT * personHeight
                && fill > SOLID_FILL) {
            blobs.add(new Blob(x1, y1, x2, y2, score));
        } else {
            split(foreground, x1, y1, x2, y2, blobs);
        }
    }

    private void learn(int x1, int y1, int x2, int y2, double fill) {
        double w = x2 - x1;
        double h = y2 - y1;
        boolean whole = x1 > 1 && y1 > 1 && x2 < width - 2 && y2 < height - 2;
        if (whole && h > 1.6 * w && h < 4.5 * w && fill > 0.4) {
            size.observe(y2, h, w, fill);
        }
    }

    private void split(byte[] foreground, int x1, int y1, int x2, int y2, List<Blob> blobs) {
        for (int y = y1; y < y2; y++) {
            System.arraycopy(foreground, y * width + x1, unclaimed, y * width + x1, x2 - x1);
        }
        for (int i = 0; i < MOST_WINDOWS; i++) {
            sumUp(x1, y1, x2, y2);
            double best = 0;
            int bestFoot = 0;
            int bestMiddle = 0;
            for (int foot = y1 + (int) (0.4 * size.heightAt(y1)); foot <= y2; foot++) {
                double h = size.heightAt(foot);
                double core = size.widthAt(foot) * CORE;
                double whole = core * h * size.fill();
                int top = Math.max(y1, (int) Math.round(foot - h));
                for (int middle = x1 + (int) (0.3 * core); middle <= x2 - 0.3 * core; middle++) {
                    int left = Math.max(x1, (int) Math.round(middle - core / 2));
                    int right = Math.min(x2, (int) Math.round(middle + core / 2));
                    double full = sum(left, top, right, foot) / whole;
                    if (full > best) {
                        best = full;
                        bestFoot = foot;
                        bestMiddle = middle;
                    }
                }
            }
            if (best < LEAST_WINDOW) {
                return;
            }
            blobs.add(claim(bestMiddle, bestFoot, best, x1, y1, x2, y2));
        }
    }

    /** Draws the window in to the foreground around it and takes that foreground away. */
    private Blob claim(int middle, int foot, double full, int x1, int y1, int x2, int y2) {
        double w = size.widthAt(foot);
        double h = size.heightAt(foot);
        double left = middle - w / 2;
        double right = middle + w / 2;
        int fromX = (int) Math.max(x1, left - 0.15 * w);
        int toX = (int) Math.min(x2, right + 0.15 * w);
        int fromY = (int) Math.max(y1, foot - 1.1 * h);
        int toY = (int) Math.min(y2, foot + 0.1 * h);
        int tightX1 = toX;
        int tightY1 = toY;
        int tightX2 = fromX;
        int tightY2 = fromY;
        for (int y = fromY; y < toY; y++) {
            for (int x = fromX; x < toX; x++) {
                int at = y * width + x;
                if (unclaimed[at] != 0) {
                    tightX1 = Math.min(tightX1, x);
                    tightX2 = Math.max(tightX2, x + 1);
                    tightY1 = Math.min(tightY1, y);
                    tightY2 = Math.max(tightY2, y + 1);
                    if (x >= left && x < right) {
                        unclaimed[at] = 0;
                    }
                }
            }
        }
        return new Blob(tightX1, tightY1, tightX2, tightY2, Math.min(1, 0.9 * full));
    }

    /** Builds the summed-area table of what nobody has claimed. */
    private void sumUp(int x1, int y1, int x2, int y2) {
        int stride = width + 1;
        Arrays.fill(sums, y1 * stride + x1, y1 * stride + x2 + 1, 0);
        for (int y = y1; y < y2; y++) {
            int row = 0;
            int above = y * stride;
            int here = above + stride;
            sums[here + x1] = 0;
            for (int x = x1; x < x2; x++) {
                if (unclaimed[y * width + x] != 0) {
                    row++;
                }
                sums[here + x + 1] = sums[above + x + 1] + row;
            }
        }
    }

    private int sum(int x1, int y1, int x2, int y2) {
        int stride = width + 1;
        return sums[y2 * stride + x2]
                - sums[y1 * stride + x2]
                - sums[y2 * stride + x1]
                + sums[y1 * stride + x1];
    }
}
