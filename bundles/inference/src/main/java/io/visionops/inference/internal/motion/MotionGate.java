package io.visionops.inference.internal.motion;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.visionops.api.frame.Frame;
import io.visionops.api.geometry.Polygon;
import io.visionops.inference.internal.image.FramePicture;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Tells cheaply whether anything moves: compares the mean brightness of cells of about eight by
 * eight pixels with what each cell has looked like over the last seconds. Averaging over a cell
 * takes sensor noise down to a fraction of a level; what is left of it, and what always moves (a
 * flag, a tree), is learned cell by cell and raises the limit there.
 *
 * <p>Errs towards moving: a person who covers a third of a cell with little contrast opens it.
 * Stays open for a while after the last motion. Costs about 0.1 ms at 640x480 and allocates nothing
 * per frame. Not thread-safe.
 */
public final class MotionGate implements AutoCloseable {

    /** Pixels a cell covers in each direction. */
    private static final int CELL = 8;

    /** A cell's brightness is followed with this time constant; a stopped object is let go. */
    private static final double FOLLOW_SECONDS = 2;

    /**
     * It is followed in steps of at most so many limits: who hurries past leaves no trail, and who
     * stops is watched for a quarter of a minute.
     */
    private static final float LARGEST_STEP = 6;

    /** What a cell usually does is learned slowly, or a busy minute would blind it. */
    private static final double HABIT_SECONDS = 60;

    /** Levels; below this no difference counts, however quiet the cell. */
    private static final float LEAST = 2.2f;

    /** A difference counts beyond so many times the usual one: six standard deviations. */
    private static final float FACTOR = 8;

    /** The mean difference is so much smaller than the upper quartile, with even noise. */
    private static final float MEAN_BY_QUARTILE = 0.7f;

    /**
     * Levels by which all of the picture changes when a light is switched. What changes everywhere
     * alike and less than that is followed at once and moves nobody.
     */
    private static final float SWITCHED = 8;

    private static final int BINS_PER_LEVEL = 8;

    /** At first, what a cell does is learned as fast as it is seen. */
    private static final double LEARNING_SECONDS = 10;

    /** A look at something unknown: open, until there is something to compare with. */
    private static final double WARM_UP_SECONDS = 2;

    private static final double LONGEST_STEP_SECONDS = 2;

    private final FramePicture ownPicture;
    private final long holdMillis;
    private final Mat cells = new Mat();
    private Size grid = new Size();
    private ByteBuffer cellBytes = ByteBuffer.allocate(0);
    private float[] mean = new float[0];
    private float[] habit = new float[0];
    private float[] difference = new float[0];
    private float[] size = new float[0];
    private final int[] histogram = new int[1024 * BINS_PER_LEVEL];
    private int looks;
    private double age;
    private long lastMillis;
    private long lastMotionMillis;

    /**
     * @param masks areas that are not looked at
     * @param hold how long it stays open after the last motion
     */
    public MotionGate(List<Polygon> masks, Duration hold) {
        this.ownPicture = new FramePicture(masks);
        this.holdMillis = hold.toMillis();
    }

    /** True when something moves in the frame or did a moment ago. */
    public boolean moving(Frame frame) {
        ownPicture.load(frame);
        return moving(ownPicture, frame.capturedAt().toEpochMilli());
    }

    /** The same for pixels that somebody has copied already. */
    boolean moving(FramePicture picture, long millis) {
        int columns = Math.max(1, picture.width() / CELL);
        int rows = Math.max(1, picture.height() / CELL);
        if (cells.cols() != columns || cells.rows() != rows) {
            start(columns, rows);
        }
        resize(picture.luma(), cells, grid, 0, 0, INTER_AREA);
        // A clock that jumps is no reason to go blind.
        double elapsed =
                Math.min(LONGEST_STEP_SECONDS, Math.max(0, (millis - lastMillis) / 1000.0));
        lastMillis = millis;
        boolean moved = compare(elapsed);
        age += looks == 1 ? 0 : elapsed;
        if (moved || age < WARM_UP_SECONDS || millis < lastMotionMillis) {
            lastMotionMillis = millis;
            return true;
        }
        return millis - lastMotionMillis < holdMillis;
    }

    private void start(int columns, int rows) {
        grid.close();
        grid = new Size(columns, rows);
        cells.create(rows, columns, CV_8UC1);
        cellBytes = cells.createBuffer();
        mean = new float[columns * rows];
        habit = new float[columns * rows];
        difference = new float[columns * rows];
        size = new float[columns * rows];
        looks = 0;
        age = 0;
    }

    private boolean compare(double elapsed) {
        looks++;
        if (looks == 1) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] = cellBytes.get(i) & 0xff;
            }
            return true;
        }
        float follow = share(elapsed, FOLLOW_SECONDS);
        float learn = share(elapsed, HABIT_SECONDS);
        if (age < LEARNING_SECONDS) {
            learn = Math.max(learn, 1f / looks);
        }
        for (int i = 0; i < mean.length; i++) {
            difference[i] = (cellBytes.get(i) & 0xff) - mean[i];
        }
        float light = quantile(difference, 0.5);
        boolean moved = Math.abs(light) > SWITCHED;
        for (int i = 0; i < mean.length; i++) {
            difference[i] -= light;
            size[i] = Math.abs(difference[i]);
        }
        float least = Math.max(LEAST, FACTOR * MEAN_BY_QUARTILE * quantile(size, 0.75));
        for (int i = 0; i < mean.length; i++) {
            float limit = Math.max(least, FACTOR * habit[i]);
            moved |= size[i] > limit;
            float most = LARGEST_STEP * limit;
            mean[i] += light + follow * Math.max(-most, Math.min(most, difference[i]));
            habit[i] += learn * (Math.min(size[i], 2 * limit) - habit[i]);
        }
        return moved;
    }

    private static float share(double elapsed, double seconds) {
        return (float) (1 - Math.exp(-elapsed / seconds));
    }

    private float quantile(float[] values, double share) {
        Arrays.fill(histogram, 0);
        for (float value : values) {
            histogram[(int) ((value + 512) * BINS_PER_LEVEL)]++;
        }
        int below = (int) (values.length * share);
        int bin = 0;
        for (int seen = histogram[0]; seen <= below; seen += histogram[bin]) {
            bin++;
        }
        return (bin + 0.5f) / BINS_PER_LEVEL - 512;
    }

    @Override
    public void close() {
        ownPicture.close();
        grid.close();
        cells.close();
    }
}
