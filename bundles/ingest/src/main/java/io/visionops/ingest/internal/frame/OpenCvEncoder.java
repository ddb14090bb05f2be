package io.visionops.ingest.internal.frame;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.OpenCVFrameConverter.ToMat;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** JPEG by OpenCV. */
public final class OpenCvEncoder implements PictureEncoder {

    private static final int QUALITY = 85;

    @Override
    public byte[] jpeg(ByteBuffer i420, int width, int height) {
        try (Frame planes = new Frame(width, height * 3 / 2, Frame.DEPTH_UBYTE, 1, width);
                ToMat mats = new ToMat();
                Mat bgr = new Mat();
                BytePointer out = new BytePointer();
                IntPointer options =
                        new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, QUALITY)) {
            ((ByteBuffer) planes.image[0]).put(i420);
            Mat yuv = mats.convertToMat(planes);
            opencv_imgproc.cvtColor(yuv, bgr, opencv_imgproc.COLOR_YUV2BGR_I420);
            if (!opencv_imgcodecs.imencode(".jpg", bgr, out, options)) {
                throw new IllegalStateException("OpenCV cannot encode JPEG");
            }
            byte[] jpeg = new byte[Math.toIntExact(out.limit())];
            out.get(jpeg);
            return jpeg;
        }
    }
}
