package io.visionops.inference.internal.detect;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_video;

/** OpenCV's libraries. */
final class OpenCv {

    private OpenCv() {}

    /**
     * Loads the libraries and keeps OpenCV to the calling thread: cameras are the parallelism here,
     * and a pool under each call costs more than it wins. Cheap from the second call on.
     *
     * @throws UnsatisfiedLinkError when a library is missing or does not fit the machine
     */
    static void load() {
        Loader.load(opencv_core.class);
        Loader.load(opencv_imgproc.class);
        Loader.load(opencv_video.class);
        opencv_core.setNumThreads(1);
    }
}
