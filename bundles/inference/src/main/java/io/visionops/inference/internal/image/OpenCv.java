package io.visionops.inference.internal.image;

import io.visionops.support.natives.UnpackedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_video;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** OpenCV's libraries. */
public final class OpenCv {

    private static final Logger LOG = LoggerFactory.getLogger(OpenCv.class);

    private static final AtomicBoolean COMPARED = new AtomicBoolean();

    private OpenCv() {}

    /**
     * Loads the libraries and keeps OpenCV to the calling thread: cameras are the parallelism here,
     * and a pool under each call costs more than it wins. Cheap from the second call on.
     *
     * @throws UnsatisfiedLinkError when a library is missing or does not fit the machine
     */
    public static void load() {
        UnpackedFiles unpacked = unpacked();
        unpacked.checkOnceABoot();
        try {
            Loader.load(opencv_core.class);
            Loader.load(opencv_imgproc.class);
            Loader.load(opencv_video.class);
            opencv_core.setNumThreads(1);
        } catch (LinkageError e) {
            removeDamaged(unpacked);
            throw e;
        }
    }

    private static UnpackedFiles unpacked() {
        try {
            return UnpackedFiles.ofJavaCpp(Loader.getCacheDir().toPath(), Loader.class);
        } catch (IOException e) {
            throw new UncheckedIOException("no folder to unpack libraries to", e);
        }
    }

    /**
     * For the next start of the program: a class whose library could not be loaded stays useless
     * until then. Once, since it is asked again and again whether they can be loaded.
     */
    private static void removeDamaged(UnpackedFiles unpacked) {
        if (COMPARED.compareAndSet(false, true)) {
            try {
                unpacked.removeDamaged();
            } catch (IOException e) {
                LOG.warn("libraries of OpenCV cannot be compared: {}", e.toString());
            }
        }
    }
}
