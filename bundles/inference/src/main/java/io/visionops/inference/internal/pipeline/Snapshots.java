package io.visionops.inference.internal.pipeline;

import static org.bytedeco.javacv.Frame.DEPTH_UBYTE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_I420;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_8;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;

import io.visionops.api.frame.Frame;
import io.visionops.api.geometry.Box;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacv.OpenCVFrameConverter.ToMat;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Pictures of events: the frame as JPEG, with the object's box drawn. At most two a second of
 * capture time. Used by one thread.
 */
final class Snapshots {

    private static final int QUALITY = 80;
    private static final int LINE_WIDTH = 2;
    private static final long SECOND = 1_000_000_000L;

    /** When, in the time of the caller, the last two were made; older first. */
    private final long[] made = {Long.MIN_VALUE / 2, Long.MIN_VALUE / 2};

    /**
     * Encodes a frame.
     *
     * @param now nanoseconds of capture time
     * @return empty when there were two in this second already, or the frame cannot be encoded
     */
    Optional<byte[]> take(Frame frame, Optional<Box> box, long now) {
        if (now - made[0] < SECOND) {
            return Optional.empty();
        }
        made[0] = made[1];
        made[1] = now;
        return encode(frame, box);
    }

    private static Optional<byte[]> encode(Frame frame, Optional<Box> box) {
        int width = frame.width();
        int height = frame.height();
        try (var planes =
                        new org.bytedeco.javacv.Frame(
                                width, height * 3 / 2, DEPTH_UBYTE, 1, width);
                ToMat mats = new ToMat();
                Mat picture = new Mat();
                BytePointer jpeg = new BytePointer();
                IntPointer quality = new IntPointer(IMWRITE_JPEG_QUALITY, QUALITY)) {
            ((ByteBuffer) planes.image[0]).put(frame.i420());
            cvtColor(mats.convertToMat(planes), picture, COLOR_YUV2BGR_I420);
            box.ifPresent(corners -> draw(picture, corners));
            if (!imencode(".jpg", picture, jpeg, quality)) {
                return Optional.empty();
            }
            byte[] bytes = new byte[(int) jpeg.limit()];
            jpeg.get(bytes);
            return Optional.of(bytes);
        }
    }

    private static void draw(Mat picture, Box box) {
        try (Point upperLeft = at(picture, box.x1(), box.y1());
                Point lowerRight = at(picture, box.x2(), box.y2());
                Scalar green = new Scalar(0, 220, 0, 0)) {
            rectangle(picture, upperLeft, lowerRight, green, LINE_WIDTH, LINE_8, 0);
        }
    }

    private static Point at(Mat picture, double x, double y) {
        return new Point(
                (int) Math.round(x * (picture.cols() - 1)),
                (int) Math.round(y * (picture.rows() - 1)));
    }
}
