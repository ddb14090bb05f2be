package io.visionops.inference.internal.motion;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.absdiff;
import static org.bytedeco.opencv.global.opencv_core.countNonZero;
import static org.bytedeco.opencv.global.opencv_core.merge;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YCrCb2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.MORPH_CLOSE;
import static org.bytedeco.opencv.global.opencv_imgproc.MORPH_RECT;
import static org.bytedeco.opencv.global.opencv_imgproc.THRESH_BINARY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.getStructuringElement;
import static org.bytedeco.opencv.global.opencv_imgproc.medianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.morphologyEx;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;
import static org.bytedeco.opencv.global.opencv_imgproc.threshold;

import io.visionops.inference.internal.image.FramePicture;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.opencv.global.opencv_video;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_video.BackgroundSubtractorMOG2;

/**
 * Which pixels do not belong to the background: OpenCV's mixture of Gaussians (Zivkovic and van der
 * Heijden 2006) in colour, its shadows removed, specks dropped and holes closed.
 *
 * <p>Looking and learning are two steps. A look changes nothing; a few times a second the model
 * learns from the picture all but where objects are. So it follows changing light within seconds
 * and still does not learn a person who stands waiting. Time constants are in seconds and hold at
 * any frame rate. Sizes are those of the analysed picture. Not thread-safe.
 */
final class Foreground implements AutoCloseable {

    /** With that the background follows; a new one is accepted after a third of it. */
    private static final double FOLLOW_SECONDS = 7;

    /** What a pixel shows for less than the rest of the time is not its background. */
    private static final double BACKGROUND = 0.7;

    /** In the beginning people may cover a pixel for long: less is certain. */
    private static final double BACKGROUND_AT_FIRST = 0.6;

    /** A shadow leaves more than this share of a pixel's brightness. */
    private static final double SHADOW = 0.6;

    private static final double LEARN_EVERY_SECONDS = 0.25;

    /** In the beginning every picture is learned, each as much as those before it together. */
    private static final double WARM_UP_SECONDS = 3;

    /** So long after a start there is nothing to say. */
    private static final double BLIND_SECONDS = 1;

    /** Squared distance in standard deviations from which on a pixel is foreground. */
    private static final double DISTANCE = 16;

    private static final int HISTORY = 500;
    private static final int WHITE = 255;
    private static final int CHANNELS = 3;

    /** Above MOG2's value for shadows, 127. */
    private static final int NOT_SHADOW = 200;

    /** More foreground than that is another light or another view: everything is learned anew. */
    private static final double ANOTHER_SCENE = 0.5;

    /** Levels by which a pixel differs when it changed since the last learning. */
    private static final int CHANGE = 15;

    private final int width;
    private final int height;
    private final BackgroundSubtractorMOG2 model =
            opencv_video.createBackgroundSubtractorMOG2(HISTORY, DISTANCE, true);
    private final Size size;
    private final Size speck = new Size(3, 7);
    private final Mat closing = getStructuringElement(MORPH_RECT, speck);
    private final Mat luma;
    private final Mat u;
    private final Mat v;
    private final MatVector planes;
    private final Mat yuv;
    private final Mat colour = new Mat();
    private final Mat found;
    private final Mat cleaned;
    private final Mat objects;
    private final ByteBuffer cleanedBytes;
    private final ByteBuffer objectBytes;
    private final byte[] pixels;
    private final Mat changed;
    private final Mat learnedLuma;
    private final ByteBuffer changedBytes;
    private final BackgroundExclusion protection;
    private int pictures;
    private double age;
    private double unlearned;

    Foreground(int width, int height) {
        this.width = width;
        this.height = height;
        model.setShadowThreshold(SHADOW);
        size = new Size(width, height);
        luma = new Mat(height, width, CV_8UC1);
        u = new Mat(height, width, CV_8UC1);
        v = new Mat(height, width, CV_8UC1);
        planes = new MatVector(luma, v, u);
        yuv = new Mat();
        found = new Mat(height, width, CV_8UC1);
        cleaned = new Mat(height, width, CV_8UC1);
        objects = new Mat(height, width, CV_8UC1);
        cleanedBytes = cleaned.createBuffer();
        objectBytes = objects.createBuffer();
        pixels = new byte[width * height];
        changed = new Mat(height, width, CV_8UC1);
        changedBytes = changed.createBuffer();
        try (Scalar black = Scalar.all(0)) {
            learnedLuma = new Mat(height, width, CV_8UC1, black);
        }
        protection = new BackgroundExclusion(width, height);
    }

    /**
     * Looks at a picture.
     *
     * @param elapsed seconds since the picture before
     * @return a byte per pixel, not 0 in the foreground; valid until the next call; all black while
     *     there is no background to compare with
     */
    byte[] look(FramePicture picture, double elapsed) {
        return look(picture, elapsed, false);
    }

    /**
     * Looks at a picture in which nothing is thought to be, and learns it in the same step: at half
     * the cost of the two.
     *
     * @param elapsed seconds since the picture before
     * @return as {@link #look}
     */
    byte[] lookAndLearn(FramePicture picture, double elapsed) {
        return look(picture, elapsed, true);
    }

    private byte[] look(FramePicture picture, double elapsed, boolean learns) {
        resize(picture.luma(), luma, size, 0, 0, INTER_AREA);
        resize(picture.u(), u, size, 0, 0, INTER_LINEAR);
        resize(picture.v(), v, size, 0, 0, INTER_LINEAR);
        merge(planes, yuv);
        cvtColor(yuv, colour, COLOR_YCrCb2BGR);
        pictures++;
        age += elapsed;
        unlearned += elapsed;
        if (age < WARM_UP_SECONDS) {
            model.setBackgroundRatio(BACKGROUND_AT_FIRST);
            learn(Math.max(1.0 / pictures, share(elapsed)));
        } else {
            model.setBackgroundRatio(BACKGROUND);
            if (learns) {
                protection.paint(List.of(), pixels, unlearned);
                learn(share(unlearned));
            } else {
                model.apply(colour, found, 0);
            }
        }
        threshold(found, cleaned, NOT_SHADOW, WHITE, THRESH_BINARY);
        if (countNonZero(cleaned) > ANOTHER_SCENE * width * height) {
            restart();
        }
        if (age < BLIND_SECONDS) {
            Arrays.fill(pixels, (byte) 0);
            return pixels;
        }
        medianBlur(cleaned, cleaned, 3);
        morphologyEx(cleaned, cleaned, MORPH_CLOSE, closing);
        cleanedBytes.get(0, pixels);
        return pixels;
    }

    private void learn(double share) {
        model.apply(colour, found, share);
        luma.copyTo(learnedLuma);
        unlearned = 0;
    }

    private void restart() {
        model.apply(colour, found, 1);
        pictures = 1;
        age = 0;
        unlearned = 0;
    }

    /** Learns the picture that was looked at last, except where the given objects are. */
    void learn(List<Blob> blobs) {
        if (unlearned < LEARN_EVERY_SECONDS) {
            return;
        }
        absdiff(luma, learnedLuma, changed);
        threshold(changed, changed, CHANGE, WHITE, THRESH_BINARY);
        changedBytes.get(0, pixels);
        objectBytes.put(0, protection.paint(blobs, pixels, unlearned));
        model.apply(colour, objects, found, share(unlearned));
        luma.copyTo(learnedLuma);
        unlearned = 0;
    }

    /** The background is known. */
    boolean isCertain() {
        return age >= WARM_UP_SECONDS;
    }

    /** What is learned: the picture of the background alone, and where it is restless. */
    void write(DataOutput out) throws IOException {
        try (Mat background = new Mat()) {
            model.getBackgroundImage(background);
            byte[] bytes = new byte[width * height * CHANNELS];
            background.<ByteBuffer>createBuffer().get(0, bytes);
            out.write(bytes);
        }
        protection.write(out);
    }

    /**
     * Goes on from what {@link #write} has written; to be called before the first look. How much
     * each pixel varies is learned anew.
     */
    void read(DataInput in) throws IOException {
        byte[] bytes = new byte[width * height * CHANNELS];
        in.readFully(bytes);
        protection.read(in);
        try (Mat background = new Mat(height, width, CV_8UC3)) {
            background.<ByteBuffer>createBuffer().put(0, bytes);
            model.apply(background, found, 1);
        }
        age = WARM_UP_SECONDS;
    }

    private static double share(double seconds) {
        return 1 - Math.exp(-seconds / FOLLOW_SECONDS);
    }

    @Override
    public void close() {
        model.close();
        size.close();
        speck.close();
        closing.close();
        luma.close();
        u.close();
        v.close();
        planes.close();
        yuv.close();
        colour.close();
        found.close();
        cleaned.close();
        objects.close();
        changed.close();
        learnedLuma.close();
    }
}
