package io.visionops.inference.internal.image;

import io.visionops.support.natives.UnpackedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_video;

/** OpenCV's libraries. */
public final class OpenCv {

    private OpenCv() {}

    /**
     * Loads the libraries and keeps OpenCV to the calling thread: cameras are the parallelism here,
     * and a pool under each call costs more than it wins. Cheap from the second call on.
     *
     * @throws UnsatisfiedLinkError when a library is missing or does not fit the machine
     */
    public static void load() {
        mend();
        Loader.load(opencv_core.class);
        Loader.load(opencv_imgproc.class);
        Loader.load(opencv_video.class);
        opencv_core.setNumThreads(1);
    }

    /** A class whose library could not be loaded stays useless until the next start. */
    private static void mend() {
        try {
            new UnpackedFiles(Loader.getCacheDir().toPath(), Loader.class).checkOnceABoot();
        } catch (IOException e) {
            throw new UncheckedIOException("no folder to unpack libraries to", e);
        }
    }
}
