package io.visionops.inference.internal.motion;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Which objects must not be learned as background. An object that moves, be it only a little, is
 * kept out; one that has stood dead still for ten seconds is let go, and so is the hole that a
 * removed thing left. What keeps moving in one place for minutes, a flag or a branch, is no object
 * and is let go too. Places are cells of eight by eight pixels. Not thread-safe.
 */
final class BackgroundExclusion {

    private static final int CELL = 8;

    /** After its last motion. */
    private static final double HOLD_SECONDS = 10;

    /** Over which it is asked whether something keeps moving in one place. */
    private static final double HABIT_SECONDS = 90;

    /** Share of that time from which on a place is let go, and below which it is trusted again. */
    private static final double RESTLESS = 0.7;

    private static final double TRUSTED = 0.4;

    /** Weaker blobs are not kept out. */
    private static final double LEAST_SCORE = 0.3;

    /** Share of an object's box that changed since the last look when it moves. */
    private static final double MOVES = 0.015;

    private static final double MARGIN = 0.15;

    private final int width;
    private final int height;
    private final int columns;
    private final float[] hold;
    private final float[] habit;
    private final boolean[] restless;
    private final boolean[] covered;
    private final byte[] painted;

    BackgroundExclusion(int width, int height) {
        this.width = width;
        this.height = height;
        columns = (width + CELL - 1) / CELL;
        int cells = columns * ((height + CELL - 1) / CELL);
        hold = new float[cells];
        habit = new float[cells];
        restless = new boolean[cells];
        covered = new boolean[cells];
        painted = new byte[width * height];
    }

    /**
     * @param changed a byte per pixel, not 0 where it changed since the last call
     * @param elapsed seconds since the last call
     * @return a byte per pixel, 1 where nothing may be learned; valid until the next call
     */
    byte[] paint(List<Blob> blobs, byte[] changed, double elapsed) {
        Arrays.fill(painted, (byte) 0);
        Arrays.fill(covered, false);
        for (Blob blob : blobs) {
            if (blob.score() >= LEAST_SCORE) {
                if (moves(blob, changed)) {
                    renew(blob);
                }
                if (held(blob)) {
                    paint(blob);
                }
            }
        }
        float share = (float) (1 - Math.exp(-elapsed / HABIT_SECONDS));
        for (int i = 0; i < hold.length; i++) {
            hold[i] -= (float) elapsed;
            habit[i] += share * ((covered[i] ? 1 : 0) - habit[i]);
            restless[i] = habit[i] > (restless[i] ? TRUSTED : RESTLESS);
        }
        return painted;
    }

    void write(DataOutput out) throws IOException {
        for (int i = 0; i < hold.length; i++) {
            out.writeFloat(hold[i]);
            out.writeFloat(habit[i]);
            out.writeBoolean(restless[i]);
        }
    }

    /** Goes on from what {@link #write} has written. */
    void read(DataInput in) throws IOException {
        for (int i = 0; i < hold.length; i++) {
            hold[i] = in.readFloat();
            habit[i] = in.readFloat();
            restless[i] = in.readBoolean();
        }
    }

    private boolean moves(Blob blob, byte[] changed) {
        int count = 0;
        for (int y = (int) blob.y1(); y < blob.y2(); y++) {
            for (int x = (int) blob.x1(); x < blob.x2(); x++) {
                if (changed[y * width + x] != 0) {
                    count++;
                }
            }
        }
        return count > MOVES * blob.width() * blob.height();
    }

    private void renew(Blob blob) {
        for (int y = (int) blob.y1() / CELL; y <= ((int) blob.y2() - 1) / CELL; y++) {
            for (int x = (int) blob.x1() / CELL; x <= ((int) blob.x2() - 1) / CELL; x++) {
                hold[y * columns + x] = (float) HOLD_SECONDS;
                covered[y * columns + x] = true;
            }
        }
    }

    private boolean held(Blob blob) {
        int held = 0;
        int all = 0;
        for (int y = (int) blob.y1() / CELL; y <= ((int) blob.y2() - 1) / CELL; y++) {
            for (int x = (int) blob.x1() / CELL; x <= ((int) blob.x2() - 1) / CELL; x++) {
                int cell = y * columns + x;
                all++;
                if (hold[cell] > 0 && !restless[cell]) {
                    held++;
                }
            }
        }
        return 2 * held > all;
    }

    private void paint(Blob blob) {
        double across = MARGIN * blob.width();
        double along = MARGIN / 2 * blob.height();
        int x1 = (int) Math.max(0, blob.x1() - across);
        int x2 = (int) Math.min(width, blob.x2() + across);
        int y2 = (int) Math.min(height, blob.y2() + along);
        for (int y = (int) Math.max(0, blob.y1() - along); y < y2; y++) {
            Arrays.fill(painted, y * width + x1, y * width + x2, (byte) 1);
        }
    }
}
