package io.visionops.inference.internal.image;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * An upright part of a frame, in the frame's own memory.
 *
 * @param left edge, 0..1 of the frame
 * @param top edge, 0..1 of the frame
 * @param width 0..1 of the frame
 * @param height 0..1 of the frame
 */
public record PicturePart(
        Mat luma, Mat u, Mat v, double left, double top, double width, double height)
        implements AutoCloseable {

    /** Share of a tile by which it reaches over into its neighbour. */
    private static final double OVERLAP = 0.2;

    /**
     * One part of a frame that is cut into columns and rows, each a little larger than its share.
     */
    public static PicturePart tile(FramePicture frame, int column, int columns, int row, int rows) {
        int[] x = cut(frame.width(), column, columns);
        int[] y = cut(frame.height(), row, rows);
        return new PicturePart(
                part(frame.luma(), x[0], y[0], x[1], y[1]),
                part(frame.u(), x[0] / 2, y[0] / 2, x[1] / 2, y[1] / 2),
                part(frame.v(), x[0] / 2, y[0] / 2, x[1] / 2, y[1] / 2),
                (double) x[0] / frame.width(),
                (double) y[0] / frame.height(),
                (double) x[1] / frame.width(),
                (double) y[1] / frame.height());
    }

    /** First pixel and length of a part, both even. */
    private static int[] cut(int size, int index, int count) {
        if (count == 1) {
            return new int[] {0, size};
        }
        double length = size / (count - (count - 1) * OVERLAP);
        int even = Math.min(size, (int) Math.ceil(length / 2) * 2);
        int first = (int) Math.round(index * (size - even) / (2.0 * (count - 1))) * 2;
        return new int[] {Math.min(first, size - even), even};
    }

    private static Mat part(Mat plane, int x, int y, int width, int height) {
        try (Rect rect = new Rect(x, y, width, height)) {
            return new Mat(plane, rect);
        }
    }

    @Override
    public void close() {
        luma.close();
        u.close();
        v.close();
    }
}
