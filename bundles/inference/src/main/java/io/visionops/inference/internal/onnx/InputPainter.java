package io.visionops.inference.internal.onnx;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.split;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_I420;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.visionops.inference.internal.head.ModelForm;
import io.visionops.inference.internal.image.Letterbox;
import io.visionops.inference.internal.image.PicturePart;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Paints pictures into the input of a model. The planes are scaled before they are converted, so
 * that colour is computed for the pixels that the model sees and for no other. The memory is made
 * once for a size of picture. Not thread-safe.
 */
final class InputPainter implements AutoCloseable {

    private static final int CHANNELS = 3;

    /**
     * Smaller than this share, a pixel has to be the mean of those that it stands for. Above, the
     * mean costs four times as much and finds no more.
     */
    private static final double AVERAGE_BELOW = 0.545;

    private final ModelForm form;
    private final FloatBuffer numbers;
    private final FloatPointer memory;
    private final Size size = new Size();
    private final Size chromaSize = new Size();
    private Mat planes = new Mat();
    private Mat luma = new Mat();
    private Mat u = new Mat();
    private Mat v = new Mat();
    private Mat picture = new Mat();
    private MatVector split = new MatVector();
    private final Mat[] levels = new Mat[CHANNELS];
    private final Mat[] targets = new Mat[CHANNELS];
    private Letterbox letterbox = new Letterbox(0, 0, 0, 0);

    /**
     * @param memory for 3 planes of the model's input size; whoever made it frees it
     */
    InputPainter(ModelForm form, FloatPointer memory) {
        this.form = form;
        this.numbers = memory.asBuffer();
        this.memory = memory;
        for (int channel = 0; channel < CHANNELS; channel++) {
            levels[channel] = new Mat();
            targets[channel] = new Mat();
        }
    }

    /**
     * Paints a part of a frame over the whole input.
     *
     * @return where it lies there
     */
    Letterbox paint(PicturePart part) {
        Letterbox place =
                Letterbox.of(
                        form.input().placing(),
                        form.width(),
                        form.height(),
                        part.luma().cols(),
                        part.luma().rows());
        if (!place.equals(letterbox)) {
            prepare(place);
        }
        boolean average = place.width() < AVERAGE_BELOW * part.luma().cols();
        int how = average ? INTER_AREA : INTER_LINEAR;
        resize(part.luma(), luma, size, 0, 0, how);
        resize(part.u(), u, chromaSize, 0, 0, how);
        resize(part.v(), v, chromaSize, 0, 0, how);
        cvtColor(planes, picture, COLOR_YUV2BGR_I420);
        split(picture, split);
        for (int channel = 0; channel < CHANNELS; channel++) {
            double deviation = form.input().deviation()[channel];
            double mean = form.input().mean()[channel];
            levels[source(channel)].convertTo(
                    targets[channel], CV_32FC1, 1 / deviation, -mean / deviation);
        }
        return place;
    }

    /** OpenCV's pictures have blue first. */
    private int source(int channel) {
        return form.input().blueFirst() ? channel : CHANNELS - 1 - channel;
    }

    private void prepare(Letterbox place) {
        free();
        letterbox = place;
        int width = place.width();
        int height = place.height();
        size.width(width).height(height);
        chromaSize.width(width / 2).height(height / 2);
        planes = new Mat(height * 3 / 2, width, CV_8UC1);
        luma = planes.rowRange(0, height);
        long chroma = (long) width * height;
        u = chromaPlane(chroma);
        v = chromaPlane(chroma + chroma / 4);
        picture = new Mat(height, width, CV_8UC3);
        for (int channel = 0; channel < CHANNELS; channel++) {
            levels[channel] = new Mat(height, width, CV_8UC1);
        }
        split = new MatVector(levels);
        int plane = form.width() * form.height();
        for (int channel = 0; channel < CHANNELS; channel++) {
            double filling =
                    (form.input().filling() - form.input().mean()[channel])
                            / form.input().deviation()[channel];
            for (int i = 0; i < plane; i++) {
                numbers.put(channel * plane + i, (float) filling);
            }
            long first = (long) channel * plane + (long) place.y() * form.width() + place.x();
            targets[channel] =
                    new Mat(
                            height,
                            width,
                            CV_32FC1,
                            memory.getPointer(first),
                            (long) Float.BYTES * form.width());
        }
    }

    private Mat chromaPlane(long offset) {
        int width = letterbox.width() / 2;
        int height = letterbox.height() / 2;
        return new Mat(height, width, CV_8UC1, planes.data().getPointer(offset), width);
    }

    private void free() {
        luma.close();
        u.close();
        v.close();
        planes.close();
        picture.close();
        split.close();
        for (int channel = 0; channel < CHANNELS; channel++) {
            levels[channel].close();
            targets[channel].close();
        }
    }

    @Override
    public void close() {
        free();
        size.close();
        chromaSize.close();
    }
}
