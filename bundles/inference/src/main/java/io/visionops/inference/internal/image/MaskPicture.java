package io.visionops.inference.internal.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import io.visionops.api.geometry.Point;
import io.visionops.api.geometry.Polygon;
import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** The masks of a camera painted for one picture size: 255 where nobody looks, 0 elsewhere. */
final class MaskPicture implements AutoCloseable {

    private final Mat picture;

    MaskPicture(List<Polygon> masks, int width, int height) {
        try (Scalar black = Scalar.all(0)) {
            picture = new Mat(height, width, CV_8UC1, black);
        }
        ByteBuffer pixels = picture.createBuffer();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (covers(masks, (x + 0.5) / width, (y + 0.5) / height)) {
                    pixels.put(y * width + x, (byte) 255);
                }
            }
        }
    }

    private static boolean covers(List<Polygon> masks, double x, double y) {
        for (Polygon mask : masks) {
            if (inside(mask.corners(), x, y)) {
                return true;
            }
        }
        return false;
    }

    /** Even-odd rule. */
    private static boolean inside(List<Point> corners, double x, double y) {
        boolean inside = false;
        Point last = corners.get(corners.size() - 1);
        for (Point corner : corners) {
            if (corner.y() > y != last.y() > y
                    && x
                            < (last.x() - corner.x()) * (y - corner.y()) / (last.y() - corner.y())
                                    + corner.x()) {
                inside = !inside;
            }
            last = corner;
        }
        return inside;
    }

    Mat picture() {
        return picture;
    }

    @Override
    public void close() {
        picture.close();
    }
}
