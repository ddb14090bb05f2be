package org.bytedeco.opencv.presets;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;

/**
 * What {@code Loader.load} loads for OpenCV's video module, in the place of the class of the same
 * name that OpenCV's bindings bring. Theirs inherits those of eight other modules, and with them
 * highgui, which opens windows and needs GTK; the video library itself is linked to four.
 */
@Properties(
        inherit = opencv_imgproc.class,
        value = {
            @Platform(
                    preload = {
                        "opencv_flann@.413",
                        "opencv_features2d@.413",
                        "opencv_calib3d@.413",
                        "opencv_dnn@.413"
                    },
                    link = "opencv_video@.413"),
            @Platform(
                    value = "windows",
                    preload = {
                        "opencv_flann4130",
                        "opencv_features2d4130",
                        "opencv_calib3d4130",
                        "opencv_dnn4130"
                    },
                    link = "opencv_video4130")
        },
        target = "org.bytedeco.opencv.opencv_video",
        global = "org.bytedeco.opencv.global.opencv_video")
public class opencv_video {}
