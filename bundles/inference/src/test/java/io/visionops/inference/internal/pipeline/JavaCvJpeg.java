package io.visionops.inference.internal.pipeline;

import static org.bytedeco.javacv.Frame.DEPTH_UBYTE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_I420;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_8;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameConverter;
import org.bytedeco.javacv.Java2DFrameConverter;
import org.bytedeco.javacv.OpenCVFrameConverter.ToMat;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;

/** The JPEG of a frame by the ways that JavaCV's converters offer, to be compared with our own. */
final class JavaCvJpeg {

    private static final int LINE_WIDTH = 2;

    private final ByteBuffer i420;
    private final int width;
    private final int height;
    private final int quality;

    /** Upper left and lower right pixel: x, y, x, y. */
    private final Optional<int[]> box;

    JavaCvJpeg(ByteBuffer i420, int width, int height, int quality, Optional<int[]> box) {
        this.i420 = i420;
        this.width = width;
        this.height = height;
        this.quality = quality;
        this.box = box;
    }

    /** A frame of JavaCV that has memory of its own; the pixels are copied into it. */
    byte[] copied() {
        try (Frame planes = new Frame(width, height * 3 / 2, DEPTH_UBYTE, 1, width)) {
            ((ByteBuffer) planes.image[0]).put(i420.duplicate());
            return encoded(planes);
        }
    }

    /** A frame of JavaCV around the memory that the pixels are in. */
    byte[] wrapped() {
        return encoded(around(i420.duplicate(), width, height * 3 / 2));
    }

    static Frame around(ByteBuffer pixels, int width, int height) {
        Frame frame = new Frame();
        frame.imageWidth = width;
        frame.imageHeight = height;
        frame.imageDepth = DEPTH_UBYTE;
        frame.imageChannels = 1;
        frame.imageStride = width;
        frame.image = new Buffer[] {pixels};
        return frame;
    }

    /** Colour by OpenCV, then a picture of Java, drawn on and encoded by Java. */
    byte[] java2d() {
        try (ToMat mats = new ToMat();
                // By its parent: its overloads name classes of OpenCV's own bindings, which are not
                // shipped.
                FrameConverter<Mat> frames = new ToMat();
                Java2DFrameConverter images = new Java2DFrameConverter();
                Mat picture = new Mat()) {
            Frame planes = around(i420.duplicate(), width, height * 3 / 2);
            cvtColor(mats.convertToMat(planes), picture, COLOR_YUV2BGR_I420);
            BufferedImage image = images.convert(frames.convert(picture));
            box.ifPresent(corners -> draw(image, corners));
            return encoded(image);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] encoded(Frame planes) {
        try (ToMat mats = new ToMat();
                Mat picture = new Mat();
                BytePointer jpeg = new BytePointer();
                IntPointer options = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
            cvtColor(mats.convertToMat(planes), picture, COLOR_YUV2BGR_I420);
            box.ifPresent(corners -> draw(picture, corners));
            if (!imencode(".jpg", picture, jpeg, options)) {
                throw new IllegalStateException("OpenCV cannot encode JPEG");
            }
            byte[] bytes = new byte[(int) jpeg.limit()];
            jpeg.get(bytes);
            return bytes;
        }
    }

    private byte[] encoded(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(jpeg)) {
            ImageWriteParam options = writer.getDefaultWriteParam();
            options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            options.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), options);
        } finally {
            writer.dispose();
        }
        return jpeg.toByteArray();
    }

    private static void draw(Mat picture, int[] corners) {
        try (Point upperLeft = new Point(corners[0], corners[1]);
                Point lowerRight = new Point(corners[2], corners[3]);
                Scalar green = new Scalar(0, 220, 0, 0)) {
            rectangle(picture, upperLeft, lowerRight, green, LINE_WIDTH, LINE_8, 0);
        }
    }

    private static void draw(BufferedImage picture, int[] corners) {
        Graphics2D pen = picture.createGraphics();
        pen.setColor(new Color(0, 220, 0));
        pen.setStroke(new BasicStroke(LINE_WIDTH));
        pen.drawRect(corners[0], corners[1], corners[2] - corners[0], corners[3] - corners[1]);
        pen.dispose();
    }
}
