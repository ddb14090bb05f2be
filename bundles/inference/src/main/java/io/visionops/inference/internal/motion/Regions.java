package io.visionops.inference.internal.motion;

import java.util.Arrays;

/**
 * The connected regions of a black and white picture, eight neighbours, with bounding box and area.
 * One pass over runs of white pixels with a disjoint-set forest. Reused from picture to picture;
 * not thread-safe.
 */
final class Regions {

    private int[] runStart = new int[1024];
    private int[] runEnd = new int[1024];
    private int[] runSet = new int[1024];
    private int[] parent = new int[1024];
    private int[] left = new int[1024];
    private int[] top = new int[1024];
    private int[] right = new int[1024];
    private int[] bottom = new int[1024];
    private int[] area = new int[1024];
    private int count;

    /** Finds the regions of at least {@code leastArea} pixels; replaces what was found before. */
    void find(byte[] picture, int width, int height, int leastArea) {
        int runs = 0;
        int sets = 0;
        int previousFrom = 0;
        int previousTo = 0;
        for (int y = 0; y < height; y++) {
            int rowFrom = runs;
            int above = previousFrom;
            int row = y * width;
            int x = 0;
            while (x < width) {
                if (picture[row + x] == 0) {
                    x++;
                    continue;
                }
                int start = x;
                while (x < width && picture[row + x] != 0) {
                    x++;
                }
                if (runs == runStart.length) {
                    growRuns();
                }
                int set = -1;
                while (above < previousTo && runEnd[above] < start) {
                    above++;
                }
                // Touching runs above: [start - 1, x] in closed coordinates, diagonals included.
                for (int a = above; a < previousTo && runStart[a] <= x; a++) {
                    int other = root(runSet[a]);
                    if (set < 0) {
                        set = other;
                    } else if (set != other) {
                        set = join(set, other);
                    }
                }
                if (set < 0) {
                    if (sets == parent.length) {
                        growSets();
                    }
                    set = sets++;
                    parent[set] = set;
                    left[set] = start;
                    right[set] = x;
                    top[set] = y;
                    area[set] = 0;
                }
                left[set] = Math.min(left[set], start);
                right[set] = Math.max(right[set], x);
                bottom[set] = y + 1;
                area[set] += x - start;
                runStart[runs] = start;
                runEnd[runs] = x;
                runSet[runs] = set;
                runs++;
            }
            previousFrom = rowFrom;
            previousTo = runs;
        }
        collect(sets, leastArea);
    }

    private int root(int set) {
        int at = set;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    private int join(int a, int b) {
        int keep = Math.min(a, b);
        int drop = Math.max(a, b);
        parent[drop] = keep;
        left[keep] = Math.min(left[keep], left[drop]);
        right[keep] = Math.max(right[keep], right[drop]);
        top[keep] = Math.min(top[keep], top[drop]);
        bottom[keep] = Math.max(bottom[keep], bottom[drop]);
        area[keep] += area[drop];
        return keep;
    }

    private void collect(int sets, int leastArea) {
        count = 0;
        for (int i = 0; i < sets; i++) {
            if (parent[i] == i && area[i] >= leastArea) {
                left[count] = left[i];
                right[count] = right[i];
                top[count] = top[i];
                bottom[count] = bottom[i];
                area[count] = area[i];
                count++;
            }
        }
    }

    private void growRuns() {
        runStart = Arrays.copyOf(runStart, runStart.length * 2);
        runEnd = Arrays.copyOf(runEnd, runEnd.length * 2);
        runSet = Arrays.copyOf(runSet, runSet.length * 2);
    }

    private void growSets() {
        int size = parent.length * 2;
        parent = Arrays.copyOf(parent, size);
        left = Arrays.copyOf(left, size);
        right = Arrays.copyOf(right, size);
        top = Arrays.copyOf(top, size);
        bottom = Arrays.copyOf(bottom, size);
        area = Arrays.copyOf(area, size);
    }

    int count() {
        return count;
    }

    int left(int region) {
        return left[region];
    }

    int top(int region) {
        return top[region];
    }

    /** Exclusive. */
    int right(int region) {
        return right[region];
    }

    /** Exclusive. */
    int bottom(int region) {
        return bottom[region];
    }

    /** White pixels. */
    int area(int region) {
        return area[region];
    }
}
