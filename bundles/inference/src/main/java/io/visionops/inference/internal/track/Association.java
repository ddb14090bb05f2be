package io.visionops.inference.internal.track;

import java.util.List;

/** Gives detections to the objects that they most likely are. Keeps its memory. */
final class Association {

    private final Tuning tuning;
    private final Assignment assignment = new Assignment();
    private double[][] cost = {};

    Association(Tuning tuning) {
        this.tuning = tuning;
    }

    /**
     * Pairs the two; what found its partner is removed from both.
     *
     * @param sure the detections alone could start objects
     */
    void pair(List<Track> tracks, List<Observation> looks, boolean sure) {
        int rows = tracks.size();
        int columns = looks.size();
        if (rows == 0 || columns == 0) {
            return;
        }
        reserve(rows, columns);
        for (int row = 0; row < rows; row++) {
            Track track = tracks.get(row);
            for (int column = 0; column < columns; column++) {
                cost[row][column] = cost(track, looks.get(column));
            }
        }
        int[] columnOf = assignment.solve(cost, rows, columns, tuning.limit());
        for (int row = 0; row < rows; row++) {
            if (columnOf[row] != Assignment.NONE) {
                tracks.get(row).see(looks.get(columnOf[row]), sure);
            }
        }
        // From behind, so that the places of the others stay.
        removeTaken(looks, columnOf, rows);
        for (int row = rows - 1; row >= 0; row--) {
            if (columnOf[row] != Assignment.NONE) {
                tracks.remove(row);
            }
        }
    }

    private static void removeTaken(List<Observation> looks, int[] columnOf, int rows) {
        for (int column = looks.size() - 1; column >= 0; column--) {
            for (int row = 0; row < rows; row++) {
                if (columnOf[row] == column) {
                    looks.remove(column);
                    break;
                }
            }
        }
    }

    private double cost(Track track, Observation look) {
        if (!track.label().equals(look.label())) {
            return Double.POSITIVE_INFINITY;
        }
        // What is parked is expected to be there after any time.
        double hidden = track.stationary() ? 0 : track.lost();
        return track.body().cost(look) + tuning.vanish() * hidden;
    }

    private void reserve(int rows, int columns) {
        if (cost.length < rows || cost.length > 0 && cost[0].length < columns) {
            cost = new double[Math.max(rows, cost.length) + 8][columns + 8];
        }
    }
}
