package org.bytedeco.opencv.presets;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.presets.javacpp;

/**
 * What {@code Loader.load} loads for OpenCV's core, in the place of the class of the same name that
 * OpenCV's bindings bring. Theirs inherits the bindings of OpenBLAS (24 MB); the library itself is
 * enough.
 */
@Properties(
        inherit = javacpp.class,
        value = {
            @Platform(
                    preload = {"gcc_s@.1", "quadmath@.0", "gfortran@.5", "openblas@.0"},
                    link = {"opencv_core@.413", "opencv_imgproc@.413"}),
            @Platform(
                    value = "windows",
                    preload = "libopenblas",
                    link = {"opencv_core4130", "opencv_imgproc4130"})
        },
        target = "org.bytedeco.opencv.opencv_core",
        global = "org.bytedeco.opencv.global.opencv_core",
        helper = "org.bytedeco.opencv.helper.opencv_core")
public class opencv_core {}
